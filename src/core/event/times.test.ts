import { fc } from '../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { addDays, addMinutes, instantOf, isDate, iso, isZone, wallTimeOf } from './times.ts';
import { clockTime, dayRange, lengthText, longDay, zoneLabel } from './time-text.ts';

describe('EV4: wall clock and instant', () => {
  test.each([
    ['2023-11-15', '10:00:00', 'America/New_York', '2023-11-15T15:00:00Z'],
    ['2023-11-15', '15:00', 'UTC', '2023-11-15T15:00:00Z'],
    ['2023-07-01', '10:00', 'America/New_York', '2023-07-01T14:00:00Z'],
    ['2026-02-01', '00:10', 'Asia/Kolkata', '2026-01-31T18:40:00Z'],
    ['2023-11-05', '01:30', 'America/New_York', '2023-11-05T05:30:00Z'], // twice: the first
    ['2023-03-12', '02:30', 'America/New_York', '2023-03-12T07:30:00Z'], // skipped: moved on by the hour
    ['2023-03-26', '02:30', 'Europe/Vienna', '2023-03-26T01:30:00Z'],
  ])('EV4: %s %s in %s is %s', (date, time, zone, instant) => {
    expect(instantOf(date, time, zone)).toBe(instant);
  });

  test.each([
    ['2023-02-29', '10:00', 'UTC'],
    ['2023-13-01', '10:00', 'UTC'],
    ['15.11.2023', '10:00', 'UTC'],
    ['2023-11-15', '24:00', 'UTC'],
    ['2023-11-15', '10', 'UTC'],
    ['2023-11-15', '10:00', 'Mars/Olympus'],
    ['2023-11-15', '10:00', '+05:00'],
    ['2023-11-15', '10:00', ''],
  ])('EV11: %s %s in %s is no instant', (date, time, zone) => {
    expect(instantOf(date, time, zone)).toBeNull();
  });

  test('EV4: an instant read from the wall and set again is itself or, in the repeated hour, the first of the two', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Europe/Vienna',
      'Asia/Tokyo',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
    );
    const minutes = fc.integer({ min: Date.UTC(2000) / 60_000, max: Date.UTC(2035) / 60_000 });
    fc.assert(
      fc.property(minutes, zones, (minute, zone) => {
        const instant = iso(minute * 60_000);
        const wall = wallTimeOf(instant, zone);
        const back = instantOf(wall.date, wall.time, zone) ?? '';
        expect(wallTimeOf(back, zone)).toEqual(wall);
        expect(back <= instant).toBe(true);
      }),
    );
  });

  test('EV11: zones and dates are told from other words', () => {
    expect([isZone('UTC'), isZone('America/New_York'), isZone('Etc/GMT+5')]).toEqual([true, true, true]);
    expect([isZone('New York'), isZone('<b>'), isZone('+01:00')]).toEqual([false, false, false]);
    expect([isDate('2024-02-29'), isDate('0000-01-01'), isDate('2024-2-9')]).toEqual([true, false, false]);
  });

  test('EV4: minutes and days are added over month ends', () => {
    expect(addMinutes('2023-11-30T23:50:00Z', 20)).toBe('2023-12-01T00:10:00Z');
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
  });
});

describe('PG2: dates as people write them', () => {
  test('PG2: days, ranges, times, zones and lengths', () => {
    expect(longDay('2023-11-15')).toBe('Wednesday 15 November 2023');
    expect(dayRange('2023-11-13', '2023-11-15')).toBe('13–15 November 2023');
    expect(dayRange('2023-11-30', '2023-12-02')).toBe('30 November – 2 December 2023');
    expect(dayRange('2023-12-30', '2024-01-02')).toBe('30 December 2023 – 2 January 2024');
    expect(dayRange('2023-11-15', '2023-11-15')).toBe('15 November 2023');
    expect(clockTime('2023-11-15T15:00:00Z', 'America/New_York')).toBe('10:00');
    expect([20, 60, 90].map(lengthText)).toEqual(['20 min', '1 h', '1 h 30 min']);
  });

  test('PG2: a zone is named as people there name it', () => {
    expect(zoneLabel('2023-11-15T15:00:00Z', 'America/New_York')).toBe('EST');
    expect(zoneLabel('2023-07-15T15:00:00Z', 'America/New_York')).toBe('EDT');
    expect(zoneLabel('2024-09-18T15:00:00Z', 'Europe/Vienna')).toBe('CEST');
    expect(zoneLabel('2025-12-11T15:00:00Z', 'Asia/Tokyo')).toMatch(/^(UTC\+9|JST)$/);
    expect(zoneLabel('2025-12-11T15:00:00Z', 'UTC')).toBe('UTC');
  });
});
