import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { memoryPages, validateXML } from 'xmllint-wasm';

import type { GpHttp } from '../../../lib/gp/site';

/** The published service description, beside the project; the tests that need it are skipped aloud without it. */
const FOLDER = resolve(__dirname, '../../../../shared/contracts/gp-web-services');
export const schemasAreThere = existsSync(resolve(FOLDER, 'envelope-check.xsd'));

const SCHEMAS = [
	'dynamics-gp-2006-01.xsd',
	'dynamics-2006-01.xsd',
	'dynamics-security-2006-01.xsd',
	'microsoft-wsdl-types.xsd',
];
const contents = (fileName: string) => readFileSync(resolve(FOLDER, fileName), 'utf8');

/** What libxml2 has against these messages; empty when all are valid. */
export async function complaints(messages: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	const distinct = [...new Set(messages)];
	for (let start = 0; start < distinct.length; start += 40) {
		const part = distinct.slice(start, start + 40);
		const { errors } = await validateXML({
			xml: part.map((message, at) => ({
				fileName: `message-${start + at}.xml`,
				contents: message,
			})),
			schema: { fileName: 'envelope-check.xsd', contents: contents('envelope-check.xsd') },
			preload: SCHEMAS.map((fileName) => ({ fileName, contents: contents(fileName) })),
			initialMemoryPages: 1024,
			maxMemoryPages: 4 * memoryPages.GiB,
		} as never);
		found.push(...errors.map(({ message }) => message));
	}
	return found;
}

/** Keeps every message of the Web Services that goes through. */
export function recording<Http extends GpHttp>(http: Http) {
	const requests: string[] = [];
	const answers: string[] = [];
	const actions: string[] = [];
	return {
		requests,
		answers,
		actions,
		http: {
			...http,
			async request(request: Parameters<GpHttp['request']>[0]) {
				if (request.body !== undefined) {
					requests.push(request.body);
					actions.push(request.headers?.soapaction ?? '');
				}
				const response = await http.request(request);
				if (request.body !== undefined) answers.push(response.body.toString('utf8'));
				return response;
			},
		} as Http,
	};
}
