import { Session, type Profiler } from 'node:inspector';
import path from 'node:path';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DynamicsGp } from '../../nodes/DynamicsGp/DynamicsGp.node';
import { GpToProcoreV2 } from '../../nodes/GpToProcore/v2/gp-to-procore-v2';
import { GpToProcoreEngine } from '../../nodes/GpToProcoreEngine/GpToProcoreEngine.node';
import { Procore } from '../../nodes/Procore/Procore.node';
import { documentKey } from '../../sandbox/gp/company/types';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

const root = path.resolve(__dirname, '../..');

/** Steps of the sync that an invoice goes through, in this order. */
const WAY = [
	'GP payables',
	'Map payables',
	'May have moved?',
	'Anything to send?',
	'Sync direct costs',
	'Record outcomes',
];

const MOST_FILES = 150;

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Files of which some function ran while a step of the way did, by step. */
const ran = new Map<string, Set<string>>();
const inspector = new Session();
let isWatched = false;

const covered = () =>
	new Promise<Profiler.ScriptCoverage[]>((resolve, reject) =>
		inspector.post('Profiler.takePreciseCoverage', (error, answer) =>
			error ? reject(error) : resolve(answer.result),
		),
	);

for (const { prototype } of [DynamicsGp, GpToProcoreV2, GpToProcoreEngine, Procore]) {
	const execute = prototype.execute as Execute;
	prototype.execute = async function (this: IExecuteFunctions) {
		const step = this.getNode().name;
		if (!isWatched || !WAY.includes(step)) return await execute.call(this);
		await covered();
		const output = await execute.call(this);
		for (const script of await covered()) {
			const file = path.relative(root, script.url.replace(/^file:\/\//, ''));
			const called = script.functions.some(
				({ functionName, ranges: [whole] }) =>
					whole.count > 0 && !['', 'Object.<anonymous>'].includes(functionName),
			);
			if (called && /^(lib|nodes)\//.test(file))
				ran.set(step, (ran.get(step) ?? new Set()).add(file));
		}
		return output;
	};
}

test('what happens to one invoice, login and tables included, stands in a bounded number of files', async () => {
	const world = await SyncWorld.open({ vendorCount: 12, documentCount: 24 });
	try {
		await world.sync();
		const invoice = world.gp.edits.addInvoice({
			...{ state: 'open', lines: [{ account: '300-5130-02', amount: '1250.00' }] },
		});
		inspector.connect();
		for (const method of ['Profiler.enable', 'Profiler.startPreciseCoverage'])
			await new Promise((resolve) =>
				inspector.post(method, { callCount: true, detailed: true }, resolve),
			);
		isWatched = true;
		await world.sync();
		const events = world.events().filter(({ gp_key }) => gp_key === documentKey(invoice));
		expect(events.map(({ outcome }) => outcome)).toEqual(['created']);
		expect([...ran.keys()].sort()).toEqual([...WAY].sort());
		const files = [...new Set([...ran.values()].flatMap((one) => [...one]))].sort();
		// A longer way is one more file to find for whoever asks what becomes of an invoice.
		expect(files.slice(MOST_FILES)).toEqual([]);
	} finally {
		await world.close();
	}
});
