import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { runNode, searchList, type NodeResult, type NodeRun } from '../support/engine';
import { procoreCredential, startProcoreServer } from '../support/stand-ins';

const specification = resolve(__dirname, '../../../../shared/contracts/procore-slice.openapi.json');
const known = existsSync(specification);
if (!known) console.warn('The vendor specification is absent: traffic is not checked against it.');

/** The Procore stand-in, the node before it, and the vendor's specification between the two. */
export interface Bench {
	procore: ProcoreStandIn;
	/** Id of the project with this number. */
	project(number?: string): string;
	run(parameters: NodeRun['parameters'], more?: Partial<NodeRun>): Promise<NodeResult>;
	/** Items of a run that has to succeed. */
	items(parameters: NodeRun['parameters'], more?: Partial<NodeRun>): Promise<IDataObject[]>;
	/** What a picker shows, by the method its locator names. */
	pick(
		method: string,
		parameters?: NodeRun['parameters'],
		filter?: string,
		token?: string,
	): Promise<{ names: string[]; values: string[]; token?: string }>;
	/** Paths asked since the last clearTraffic, tokens aside: "POST /rest/v1.0/vendors". */
	calls(): string[];
	/** The body of the last request with this method. */
	sent(method: string): any;
	/** The test provokes refusals: what Procore scores apps by may be anything but zero. */
	mayBeRefused(): void;
	/** Called after each answer of the API, until the test is over. */
	onAnswer(listener: () => void): void;
}

let bench: {
	procore: ProcoreStandIn;
	bodies: Array<{ method: string; body: unknown }>;
	listener?: () => void;
	mayBeRefused?: boolean;
};

/**
 * Starts a stand-in for each test of a file. A test fails when its traffic breaks the specification, or
 * shows one of the seven signals Procore scores apps by.
 */
export function useBench(): Bench {
	// A fresh one each time: the rate limiter of an app lives as long as the process.
	beforeEach(async () => {
		const bodies: Array<{ method: string; body: unknown }> = [];
		const procore = await startProcoreServer({
			...(known ? { specification } : {}),
			onExchange: ({ method, path, requestBody }) => {
				if (path.startsWith('/oauth')) return;
				bodies.push({ method, body: requestBody });
				bench.listener?.();
			},
		});
		bench = { procore, bodies };
	});
	afterEach(async () => {
		const violations = bench.procore.violations();
		const health = bench.procore.health();
		await bench.procore.close();
		expect(violations).toEqual([]);
		if (!bench.mayBeRefused)
			expect(Object.entries(health).filter(([, count]) => count > 0)).toEqual([]);
	});
	const credentials = () => ({ procoreOAuth2Api: procoreCredential(bench.procore) });
	const run: Bench['run'] = async (parameters, more = {}) =>
		await runNode({ node: 'procore', parameters, credentials: credentials(), ...more });
	return {
		get procore() {
			return bench.procore;
		},
		project: (number = '100') =>
			String(
				bench.procore.state.projects.all().find(({ project_number }) => project_number === number)
					?.id,
			),
		run,
		async items(parameters, more) {
			const { error, json } = await run(parameters, more);
			if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
			return json();
		},
		async pick(method, parameters = {}, filter, token) {
			const { results, paginationToken } = await searchList('procore', method, {
				filter,
				token,
				parameters,
				credentials: credentials(),
			});
			return {
				names: results.map(({ name }) => name),
				values: results.map(({ value }) => String(value)),
				token: paginationToken as string | undefined,
			};
		},
		calls: () =>
			bench.procore
				.log()
				.filter(({ path }) => !path.startsWith('/oauth'))
				.map(({ method, path }) => `${method} ${path}`),
		mayBeRefused: () => void (bench.mayBeRefused = true),
		onAnswer: (listener) => void (bench.listener = listener),
		sent: (method) => bench.bodies.findLast((one) => one.method === method)?.body,
	};
}

/** A locator as the editor stores it. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
