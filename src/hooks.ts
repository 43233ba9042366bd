import type { Transport } from '@sveltejs/kit';
import { inPageTransport } from '#lib/http/in-page.ts';

export const transport: Transport = { InPage: inPageTransport };
