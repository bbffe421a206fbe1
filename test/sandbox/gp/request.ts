/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked at as a reader without a schema would */
import http from 'node:http';
import https from 'node:https';

export interface Answer {
	status: number;
	headers: http.IncomingHttpHeaders;
	text: string;
	json(): any;
}

/** One plain request on the given agent, so that a test decides which socket carries it. */
export function request(
	url: string,
	options: { agent?: http.Agent; headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const module = url.startsWith('https:') ? https : http;
		const sent = module.request(
			url,
			{ method: options.method ?? 'GET', agent: options.agent, headers: options.headers },
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('error', reject);
				response.on('end', () => {
					const text = Buffer.concat(parts).toString('utf8');
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						text,
						json: () => JSON.parse(text),
					});
				});
			},
		);
		sent.on('error', reject);
		sent.end();
	});
}

export const CONTEXT = '/GPService/Tenants(DefaultTenant)/Companies(Fabrikam,%20Inc.)';
