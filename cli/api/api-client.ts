import { messageOf } from '../../lib/model/foreign-text';
import { answerCap } from '../../lib/http/read-body';
import {
	ApiKeyRejectedError,
	N8nAnswerError,
	N8nRefusedError,
	N8nUnreachableError,
	ScopeMissingError,
} from '../errors';
import { printable } from '../terminal/printable';
import { tidyAddress } from './address';
import { acceptKey } from './api-key';
import { jsonOf, reasonOf, textOf } from './read-answer';

/** A list of n8n is read to its end, but not for ever. */
const MOST_PAGES = 400;
const MOST_ENTRIES = 100_000;
/** n8n's sign-in page has about 20 kB. */
const LARGEST_PAGE = 2 * 1024 * 1024;
/** Characters of an error that are looked at; n8n's have some hundred. */
const LONGEST_ERROR = 100_000;

export interface ApiClientOptions {
	/** What people open in the browser, e.g. `https://n8n.example.com`. */
	address: string;
	apiKey: string;
	fetch: typeof fetch;
	/** Milliseconds until an answer is given up, headers and body together. */
	timeout?: number;
	/** Milliseconds for all pages of a list together. */
	listTimeout?: number;
	/** Largest answer taken in, bytes. */
	maxBytes?: number;
}

/** Calls of n8n's public API, below `/api/v1`. Knows the key and never tells it. */
export class ApiClient {
	readonly address: string;
	private readonly key: string;

	constructor(private readonly options: ApiClientOptions) {
		this.key = acceptKey(options.apiKey);
		this.address = tidyAddress(options.address);
	}

	async get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
		const text = new URLSearchParams(query).toString();
		return await this.call<T>('GET', text ? `${path}?${text}` : path);
	}

	/**
	 * All pages of a list.
	 *
	 * @throws N8nAnswerError when it does not come to an end: the same cursor twice, or too many pages
	 */
	async list<T>(
		path: string,
		query: Record<string, string> = {},
		most = Number.POSITIVE_INFINITY,
	): Promise<T[]> {
		const call = `GET ${path}`;
		const until = Date.now() + (this.options.listTimeout ?? 5 * 60_000);
		const found: T[] = [];
		const cursors = new Set<string>();
		let cursor: string | null = null;
		do {
			const page: unknown = await this.get(path, {
				limit: String(Math.min(250, most)),
				...query,
				...(cursor && { cursor }),
			});
			const { data, next } = entriesOf(page, call);
			for (const entry of data) found.push(entry as T);
			cursor = next;
			if (cursor === null || found.length >= most) break;
			if (cursors.has(cursor)) throw new N8nAnswerError(call, 'goes in a circle of pages');
			cursors.add(cursor);
			if (cursors.size >= MOST_PAGES || found.length >= MOST_ENTRIES)
				throw new N8nAnswerError(
					call,
					`has more than ${cursors.size} pages or ${MOST_ENTRIES} entries`,
				);
			if (Date.now() > until) throw new N8nAnswerError(call, 'does not come to an end in time');
		} while (cursor);
		return found;
	}

	async send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<T> {
		return await this.call<T>(method, path, body);
	}

	/** A page of n8n outside the API, without the key. */
	async page(path: string): Promise<string> {
		return (await this.fetch('GET', path, {}, { maxBytes: LARGEST_PAGE })).text;
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const headers = {
			accept: 'application/json',
			'x-n8n-api-key': this.key,
			...(body !== undefined && { 'content-type': 'application/json' }),
		};
		const maxBytes = this.options.maxBytes ?? answerCap();
		const { response, text } = await this.fetch(method, `/api/v1${path}`, headers, {
			body,
			maxBytes,
		});
		if (!response.ok) throw await this.refusal(method, path, response.status, text);
		if (text === '') return undefined as T;
		const read = await jsonOf(text, `${method} ${path.split('?')[0]}`);
		if (read) return read.value as T;
		throw new N8nUnreachableError(
			this.address,
			'what answers is not the API of n8n',
			'Give the address of n8n itself. If its public API is switched off (N8N_PUBLIC_API_DISABLED), switch it on.',
		);
	}

	/** One request: headers and body have one deadline together, and the body a largest size. */
	private async fetch(
		method: string,
		path: string,
		headers: Record<string, string>,
		{ body, maxBytes }: { body?: unknown; maxBytes: number },
	): Promise<{ response: Response; text: string }> {
		const signal = AbortSignal.timeout(this.options.timeout ?? 60_000);
		let response: Response;
		try {
			response = await this.options.fetch(`${this.address}${path}`, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
				// The key goes to the address that was given and to no other.
				redirect: 'manual',
				signal,
			});
		} catch (error) {
			throw new N8nUnreachableError(this.address, reasonOf(error));
		}
		if (response.status >= 300 && response.status < 400) {
			await response.body?.cancel().catch(() => undefined);
			const target = messageOf(printable(response.headers.get('location') ?? 'another address'));
			throw new N8nUnreachableError(
				this.address,
				`it sends us to ${target}`,
				'Give the address that n8n finally opens at in the browser, without the part after the host (unless N8N_PATH is set).',
			);
		}
		const call = `${method} ${path.split('?')[0]}`;
		return {
			response,
			text: await textOf(response, call, { address: this.address, maxBytes, signal }),
		};
	}

	private async refusal(
		method: string,
		path: string,
		status: number,
		text: string,
	): Promise<Error> {
		if (status === 401) return new ApiKeyRejectedError(this.address);
		const call = `${method} ${path.split('?')[0]}`;
		const reason = await wordsOf(text, call);
		if (status === 403) return new ScopeMissingError(`do ${call}: ${reason}`, []);
		return new N8nRefusedError(call, status, reason);
	}
}

/** What n8n says in an error: one line, without the key, control characters or other secrets. */
async function wordsOf(text: string, call: string): Promise<string> {
	if (text.length > LONGEST_ERROR) return `${text.length} characters, too many to repeat`;
	const body = await jsonOf(text, call).catch(() => null);
	const message = (body?.value as { message?: unknown } | null | undefined)?.message;
	return messageOf(printable(typeof message === 'string' ? message : text), body ? 2_000 : 200);
}

function entriesOf(page: unknown, call: string): { data: unknown[]; next: string | null } {
	const { data, nextCursor } = (page ?? {}) as { data?: unknown; nextCursor?: unknown };
	if (!Array.isArray(data)) throw new N8nAnswerError(call, 'is no list');
	return {
		data,
		next: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : null,
	};
}
