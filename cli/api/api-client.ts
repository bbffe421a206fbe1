import {
	ApiKeyRejectedError,
	N8nRefusedError,
	N8nUnreachableError,
	ScopeMissingError,
} from '../errors';

export interface ApiClientOptions {
	/** What people open in the browser, e.g. `https://n8n.example.com`. */
	address: string;
	apiKey: string;
	fetch: typeof fetch;
	/** Milliseconds until an answer is given up. */
	timeout?: number;
}

/** Calls of n8n's public API, below `/api/v1`. Knows the key and never tells it. */
export class ApiClient {
	readonly address: string;

	constructor(private readonly options: ApiClientOptions) {
		this.address = tidyAddress(options.address);
	}

	async get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
		const text = new URLSearchParams(query).toString();
		return await this.call<T>('GET', text ? `${path}?${text}` : path);
	}

	/** All pages of a list. */
	async list<T>(
		path: string,
		query: Record<string, string> = {},
		most = Number.POSITIVE_INFINITY,
	): Promise<T[]> {
		const found: T[] = [];
		let cursor: string | null = null;
		do {
			const page: { data: T[]; nextCursor?: string | null } = await this.get(path, {
				limit: String(Math.min(250, most)),
				...query,
				...(cursor && { cursor }),
			});
			found.push(...page.data);
			cursor = page.nextCursor ?? null;
		} while (cursor && found.length < most);
		return found;
	}

	async send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<T> {
		return await this.call<T>(method, path, body);
	}

	/** A page of n8n outside the API, without the key. */
	async page(path: string): Promise<string> {
		return await (await this.fetch('GET', `${this.address}${path}`, {})).text();
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const headers = {
			accept: 'application/json',
			'x-n8n-api-key': this.options.apiKey,
			...(body !== undefined && { 'content-type': 'application/json' }),
		};
		const response = await this.fetch(method, `${this.address}/api/v1${path}`, headers, body);
		const text = await response.text();
		if (!response.ok) throw this.refusal(method, path, response.status, text);
		if (text === '') return undefined as T;
		try {
			return JSON.parse(text) as T;
		} catch {
			throw new N8nUnreachableError(
				this.address,
				'what answers is not the API of n8n',
				'Give the address of n8n itself. If its public API is switched off (N8N_PUBLIC_API_DISABLED), switch it on.',
			);
		}
	}

	private async fetch(
		method: string,
		address: string,
		headers: Record<string, string>,
		body?: unknown,
	): Promise<Response> {
		let response: Response;
		try {
			response = await this.options.fetch(address, {
				method,
				headers,
				body: body === undefined ? undefined : JSON.stringify(body),
				// The key goes to the address that was given and to no other.
				redirect: 'manual',
				signal: AbortSignal.timeout(this.options.timeout ?? 60_000),
			});
		} catch (error) {
			throw new N8nUnreachableError(this.address, reasonOf(error));
		}
		if (response.status >= 300 && response.status < 400) {
			const target = response.headers.get('location') ?? 'another address';
			throw new N8nUnreachableError(
				this.address,
				`it sends us to ${target}`,
				'Give the address that n8n finally opens at in the browser, without the part after the host (unless N8N_PATH is set).',
			);
		}
		return response;
	}

	private refusal(method: string, path: string, status: number, text: string): Error {
		if (status === 401) return new ApiKeyRejectedError(this.address);
		const reason = messageOf(text);
		const call = `${method} ${path.split('?')[0]}`;
		if (status === 403) return new ScopeMissingError(`do ${call}: ${reason}`, []);
		return new N8nRefusedError(call, status, reason);
	}
}

/** `localhost:5678/`, `https://n8n.example.com/home/workflows` and the API's own address all mean the same n8n. */
export function tidyAddress(text: string): string {
	const address = /^https?:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`;
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		throw new N8nUnreachableError(text, 'that is no address');
	}
	const path = url.pathname.replace(/\/(api\/v1|home|workflow|signin|setup)(\/.*)?$/, '');
	return `${url.origin}${path.replace(/\/{1,9}$/, '')}`;
}

function messageOf(text: string): string {
	try {
		return String((JSON.parse(text) as { message?: unknown }).message ?? text).slice(0, 2_000);
	} catch {
		return text.slice(0, 200);
	}
}

function reasonOf(error: unknown): string {
	const { name, cause, message } = error as Error & { cause?: { code?: string; message?: string } };
	if (name === 'TimeoutError') return 'no answer in time';
	return cause?.code ?? cause?.message ?? message;
}
