import http from 'node:http';
import type { GpHttp } from '../../../lib/gp/site';

/**
 * Plain HTTP without a login, for a stand-in switched to `authMode: "none"`: what is tested here is
 * reading, logging in has tests of its own.
 */
export function plainHttp(): GpHttp & { close(): void } {
	const agent = new http.Agent({ keepAlive: true });
	return {
		close: () => agent.destroy(),
		request: ({ url, headers, timeoutMs = 10_000, signal }) =>
			new Promise((resolve, reject) => {
				const request = http.request(
					url,
					{ agent, headers, ...(signal ? { signal } : {}) },
					(response) => {
						const chunks: Buffer[] = [];
						response.on('data', (chunk: Buffer) => chunks.push(chunk));
						response.on('error', reject);
						response.on('end', () => {
							clearTimeout(timer);
							resolve({
								status: response.statusCode ?? 0,
								headers: Object.fromEntries(
									Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
								),
								body: Buffer.concat(chunks),
								url,
							});
						});
					},
				);
				const timer = setTimeout(
					() => request.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
					timeoutMs,
				);
				request.on('error', (error) => {
					clearTimeout(timer);
					reject(error);
				});
				request.end();
			}),
	};
}
