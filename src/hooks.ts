import type { Transport } from '@sveltejs/kit';
import { inPageTransport } from '#lib/http/in-page.ts';
import { packedTransport } from '#lib/outcomes/packed.ts';

export const transport: Transport = { InPage: inPageTransport, Packed: packedTransport };
