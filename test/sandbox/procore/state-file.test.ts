import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProcoreServer } from '../../../sandbox/procore/server';
import { Caller, start } from './client';

const folder = mkdtempSync(join(tmpdir(), 'procore-'));
const children: ChildProcess[] = [];
afterAll(() => {
	for (const child of children) child.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
});

const root = resolve(__dirname, '../../..');

async function run(stateFile: string) {
	const script = 'sandbox/procore/run.ts';
	const flags = ['--port', '0', '--admin-port', '0', '--state', stateFile];
	const child = spawn(process.execPath, ['--import', 'tsx', script, ...flags], { cwd: root });
	children.push(child);
	const [first] = (await once(child.stdout, 'data')) as [Buffer];
	const about = JSON.parse(first.toString().split('\n')[0]) as Caller['standIn'];
	return { child, about };
}

const vendor = (originId: string) => ({ origin_id: originId, name: `Vendor ${originId}` });

test('what was answered survives kill -9, the login too, and nothing else does', async () => {
	const stateFile = join(folder, 'killed.jsonl');
	const before = await run(stateFile);
	const caller = await new Caller(before.about).logIn();
	const sync = (one: Caller, id: string) =>
		one.patch('/rest/v1.0/vendors/sync', {
			company_id: before.about.companyId,
			updates: [vendor(id)],
		});
	const made = (await sync(caller, 'first')).body.entities[0];
	before.child.kill('SIGKILL');
	await once(before.child, 'exit');
	await expect(sync(caller, 'second')).rejects.toThrow();

	const after = await run(stateFile);
	const again = new Caller(after.about);
	again.token = caller.token;
	const found = await again.get(
		`/rest/v1.0/vendors?company_id=${after.about.companyId}&filters[origin_id]=first`,
	);
	expect(found.body).toMatchObject([{ id: made.id, created_at: made.created_at }]);
	expect((await sync(again, 'first')).body.entities[0].id).toBe(made.id);
	expect((await sync(again, 'second')).body.entities[0].id).toBeGreaterThan(made.id);
}, 30_000);

test('a write torn in the middle counts as never made', async () => {
	const stateFile = join(folder, 'torn.jsonl');
	const first = await start({ stateFile });
	const { companyId } = first.standIn;
	await first.patch('/rest/v1.0/vendors/sync', {
		company_id: companyId,
		updates: [vendor('whole')],
	});
	const count = first.standIn.state.vendors.all().length;
	await first.standIn.close();
	appendFileSync(stateFile, '[["vendors",562949953599999,{"id":5629499535');
	const second = await startProcoreServer({ stateFile });
	expect(second.state.vendors.all()).toHaveLength(count);
	await second.close();
	expect(readFileSync(stateFile, 'utf8').trim().split('\n')).toHaveLength(1);
});

test('a refused request leaves nothing behind, in memory or on disk', async () => {
	const stateFile = join(folder, 'refused.jsonl');
	const caller = await start({ stateFile });
	const before = readFileSync(stateFile, 'utf8');
	const { companyId } = caller.standIn;
	const answer = await caller.post('/rest/v1.0/vendors', {
		company_id: companyId,
		vendor: { name: '' },
	});
	expect(answer.status).toBe(422);
	expect(readFileSync(stateFile, 'utf8')).toBe(before);
	await caller.standIn.close();
});
