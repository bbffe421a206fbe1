import http from 'node:http';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { GpHttp, GpSite } from '../../../lib/gp/site';
import {
	type GpServerOptions,
	type GpStandIn,
	startGpServer,
} from '../../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../../sandbox/gp/server/switches';
import { siteFor } from './client';

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

/** One stand-in without a login for all tests of a file; each client finds it switched anew. */
export function standInOf(company: GpServerOptions['company']) {
	let server: GpStandIn;
	const plain = plainHttp();
	beforeAll(async () => {
		server = await startGpServer({ company, switches: { authMode: 'none' } });
	});
	afterAll(async () => {
		plain.close();
		await server.close();
	});
	return function clientOf(
		switches: SwitchChange,
		profile: GpSite['profile'] = {},
		profileName: 'sba' | 'odata' = 'sba',
	): GpClient {
		server.reset();
		server.set({ authMode: 'none', ...switches });
		return createGpClient({
			site: siteFor(profile, {
				serviceAddress: server.url,
				profileName,
			}),
			http: plain,
			effects: { now: Date.now, sleep: async () => undefined, random: () => 0 },
			throttle: { gapMs: 0 },
		});
	};
}
