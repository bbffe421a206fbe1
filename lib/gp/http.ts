/** One reading request; the only verb there is, because GP is never written. */
export interface GpHttpRequest {
	method: 'GET';
	url: string;
	headers?: Record<string, string>;
	timeoutMs?: number;
	signal?: AbortSignal;
	maxBodyBytes?: number;
}

export interface GpHttpResponse {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	body: Buffer;
	url: string;
}

/** What the client needs of a transport that logs in by itself; lib/ntlm has one. */
export interface GpHttp {
	request(request: GpHttpRequest): Promise<GpHttpResponse>;
}
