import type { Store } from '../state/store';
import type { Switches } from '../options';
import { badRequest, missingParameter } from './api-error';

/** What the routes share. */
export interface World {
	store: Store;
	switches: Switches;
	company: { id: number; name: string };
	now: () => number;
}

/** One API request on its way through a route. */
export interface Call extends World {
	method: string;
	/** Scheme, host and port as the caller used them, for Link headers. */
	origin: string;
	path: string;
	params: Record<string, string>;
	query: Record<string, string | string[]>;
	body: unknown;
}

export interface Reply {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export type Row = Record<string, unknown>;

export interface Route {
	method: string;
	/** Documented path with `{names}` in braces. */
	path: string;
	handle(call: Call): Reply;
	/** Project the call touches, when the path does not name it as `{project_id}`. */
	project?(call: Call): unknown;
	/** Needs the Direct Costs tool. */
	directCostsTool?: boolean;
	/** Records this write holds while it runs; an overlapping write is 409. */
	locks?(call: Call): string[];
}

export function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a required top-level key. */
export function bodyObject(call: Call, key: string): Row {
	const value = isRow(call.body) ? call.body[key] : undefined;
	if (!isRow(value)) throw missingParameter(key);
	return value;
}

/** A required id in the query or the body. */
export function requiredId(call: Call, name: string): number {
	const inBody = isRow(call.body) ? call.body[name] : undefined;
	const value = call.query[name] ?? inBody;
	if (value === undefined || value === '') throw missingParameter(name);
	const id = Number(value);
	if (!Number.isSafeInteger(id)) throw badRequest(`${name} is invalid`);
	return id;
}

export function text(value: unknown): string | null {
	return value === undefined || value === null ? null : String(value);
}

export function blank(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

/** A value Procore would store for a date: anything but YYYY-MM-DD silently becomes null. */
export function lenientDate(value: unknown): string | null {
	const found = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/.exec(String(value ?? ''));
	if (!found) return null;
	const day = `${found[1]}-${found[2]}-${found[3]}`;
	const parsed = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : null;
}

/** Changes named in `fields` taken from the row when it has them. */
export function pick(row: Row, fields: readonly string[]): Row {
	return Object.fromEntries(fields.filter((name) => name in row).map((name) => [name, row[name]]));
}
