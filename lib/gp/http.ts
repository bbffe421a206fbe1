/** One reading request. GP is never written: POST carries a question of the Web Services (SOAP), which has no other verb. */
export interface GpHttpRequest {
	method: 'GET' | 'POST';
	url: string;
	headers?: Record<string, string>;
	/** Only with POST. */
	body?: string;
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
