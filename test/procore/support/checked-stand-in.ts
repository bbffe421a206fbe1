import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Effects } from '../../../lib/model/connection-check';
import { createProcoreClient, type ProcoreClient } from '../../../lib/procore/procore-client';
import { startProcoreServer, type ProcoreStandIn } from '../../../sandbox/procore/server';
import { fetchTransport } from './fetch-transport';

/** The vendor's slice, which is no part of this repository. */
const specification = resolve('../shared/contracts/procore-slice.openapi.json');
export const specificationIsThere = existsSync(specification);

/** The stand-in on a clock of the test; its traffic is checked against the specification where that is there. */
export async function startStandIn(
	{ now, sleep }: Effects,
	options: Parameters<typeof startProcoreServer>[0] = {},
): Promise<ProcoreStandIn> {
	return await startProcoreServer({
		now,
		sleep,
		...(specificationIsThere ? { specification } : {}),
		...options,
	});
}

export function clientOf(
	standIn: ProcoreStandIn,
	effects: Effects,
	more: Partial<Parameters<typeof createProcoreClient>[0]> = {},
): ProcoreClient {
	const { url, clientId, clientSecret, companyId } = standIn;
	return createProcoreClient({
		transport: fetchTransport({ loginUrl: url, clientId, clientSecret }),
		apiBaseUrl: url,
		companyId: String(companyId),
		effects,
		...more,
	});
}

/** Id of the project with this number. */
export function projectOf(standIn: ProcoreStandIn, number = '100'): string {
	const all = standIn.state.projects.all();
	return String(all.find(({ project_number }) => project_number === number)?.id);
}
