import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { createProcoreClient } from '../../../lib/procore/procore-client';
import {
	checkExchange,
	createContractValidator,
} from '../../../sandbox/procore/contract/validator';
import type { OpenNode } from '../../../sandbox/procore/contract/contract.types';
import { startProcoreServer } from '../../../sandbox/procore/server';
import { fakeClock } from '../support/fake-clock';
import { fetchTransport } from '../support/fetch-transport';
import { EXERCISES, idsOf } from './exercise';
import { ROUTES } from './routes';
import { scanSources } from './source-scan';

const specification = resolve(__dirname, '../../../../shared/contracts/procore-slice.openapi.json');
const known = existsSync(specification);
if (!known) console.warn('The vendor specification is absent: no request is checked against it.');
const withSpecification = known ? test : test.skip;

const scan = scanSources();
const plain = (path: string) => path.replace(/\{[^}]*\}/g, '{}');

test('every path in the sources is on the list of routes', () => {
	const listed = new Set(ROUTES.map((route) => plain(route.split(' ')[1])));
	// A path that only begins here is continued in the same file, and exercised below.
	const beginnings = [...scan.paths].filter((path) =>
		[...listed].some((one) => one.startsWith(`${path}/`)),
	);
	expect([...scan.paths].filter((path) => !listed.has(path) && !beginnings.includes(path))).toEqual(
		[],
	);
	expect(scan.paths.size).toBeGreaterThan(30);
});

test('requests are sent by the resources room alone, but for paging', () => {
	expect(scan.senders).toEqual(['lib/procore/list-pages.ts']);
});

test('every function that sends a request is exercised here', () => {
	expect(Object.keys(EXERCISES).sort()).toEqual(scan.requesters);
});

withSpecification(
	'every request the package can make, and every answer to it, fits the vendor specification',
	async () => {
		const validator = createContractValidator(specification);
		const violations = new Set<string>();
		const clock = fakeClock();
		const standIn = await startProcoreServer({
			now: clock.now,
			sleep: clock.sleep,
			onExchange(exchange) {
				if (exchange.path.startsWith('/oauth')) return;
				for (const one of checkExchange(validator, exchange)) violations.add(one);
			},
		});
		const { url, clientId, clientSecret, companyId } = standIn;
		const client = createProcoreClient({
			transport: fetchTransport({ loginUrl: url, clientId, clientSecret }),
			apiBaseUrl: url,
			companyId: String(companyId),
			effects: clock,
		});
		const ids = idsOf(standIn);
		try {
			for (const [name, exercise] of Object.entries(EXERCISES)) {
				await exercise(client, ids).catch((error: Error) => {
					throw new Error(`${name}: ${error.message}`);
				});
			}
		} finally {
			await standIn.close();
		}
		expect([...violations]).toEqual([]);
		expect(validator.operations()).toEqual([...ROUTES].sort());

		const open = validator.openNodes();
		console.info(`Where the specification says nothing, so nothing was checked:\n${inWords(open)}`);
		// In what is sent only members are open that the package never sends.
		const sentOpen = open.filter(({ where }) => where === 'request');
		expect(
			sentOpen.filter(({ pointer }) => !/\/(bidding\/|(origin_)?custom_field)/.test(pointer)),
		).toEqual([]);
	},
	60_000,
);

/** One line for each object of an operation that is open, with how many of its members are. */
function inWords(open: OpenNode[]): string {
	const lines = new Map<string, number>();
	for (const { operation, where, pointer, why } of open) {
		const parent = pointer.split('/').slice(0, -1).join('/') || '/';
		const line = `${operation} (${where}) ${why} in ${parent}`;
		lines.set(line, (lines.get(line) ?? 0) + 1);
	}
	return [...lines]
		.sort()
		.map(([line, count]) => `${count} × ${line}`)
		.join('\n');
}
