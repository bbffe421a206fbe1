import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ApiClient } from '../../cli/api/api-client';
import { N8n } from '../../cli/api/n8n';
import { install } from '../../cli/install/install';
import { readShipped } from '../../cli/shipped/shipped';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import { installPackage } from '../../sandbox/n8n/install-package';
import { adminCall } from '../../sandbox/start/admin-call';
import { checkAudit } from '../../sandbox/start/audit-check';
import { startSession, type Session } from '../../sandbox/start/session';
import { readBooks, syncOnce, type SyncRun } from '../../sandbox/start/sync-run';
import { changeGp, syncedDirectCosts } from '../e2e/support';
import { buildRelease, hasRelease, RELEASES, type OldRelease } from './old-release';

/*
 * A real n8n with an old release, installed by that release's own installer, and three months of history its own
 * nodes made. In the order of a story: each step starts from what the one before left.
 */
const DAY = 86_400_000;
const WEEKS = 13;

describe.each(Object.entries(RELEASES))('from %s', (version, commit) => {
	if (!hasRelease(commit)) {
		console.warn(`SKIPPED: this clone has no commit ${commit} of ${version} (is it shallow?).`);
		test.skip('not in this clone', () => undefined);
		return;
	}
	const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-upgrade-'));
	let session: Session;
	let old: OldRelease;
	let api: N8n;
	let stop: () => Promise<void> = async () => undefined;
	let before: Awaited<ReturnType<typeof kept>>;

	/** What must not be lost: every row but those that n8n's clock changes. */
	const kept = async () => {
		const { tables } = session.n8n;
		const costs = await syncedDirectCosts(session);
		return {
			costs: costs.map((one) => `${one.origin_id} ${one.grand_total} ${one.updated_at}`).sort(),
			events: (await tables.rows<AuditEventRow>('gpp_event', {})).map(
				({ id, gp_key, outcome, chain }) => `${id} ${gp_key} ${outcome} ${chain}`,
			),
			runs: (await tables.rows<RunRow>('gpp_run', {})).map(
				({ run_id, status }) => `${run_id} ${status}`,
			),
			crosswalk: (await tables.rows('gpp_project_crosswalk', {})).map(
				({ gp_job, procore_project_id, action }) => `${gp_job} ${procore_project_id} ${action}`,
			),
		};
	};

	const sync = async (): Promise<SyncRun> => {
		const run = await syncOnce(session);
		expect(run.error).toBe('');
		return run;
	};

	beforeAll(async () => {
		old = await buildRelease(commit, folder);
		session = await startSession({
			folder,
			tarball: old.tarball,
			install: false,
			vendors: 25,
			documents: 60,
			onStarted: (end) => (stop = end),
		});
		const { url, client } = session.n8n;
		api = new N8n(new ApiClient({ address: url, apiKey: client.apiKey, fetch }));
		old.install(
			'--url',
			url,
			'--api-key',
			client.apiKey,
			'--page-credential',
			'GP to Procore page',
		);
		for (const { id, name } of await session.n8n.workflows.list())
			if (/sync/i.test(name)) session.workflowId = id;
	});
	afterAll(async () => {
		await stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	});

	test('three months of its own: invoices, payments, voids, a vendor, an account, week by week', async () => {
		const { now } = await adminCall<{ now: string }>(session.gp.adminUrl, 'GET', '/clock');
		await sync();
		for (let week = 1; week <= WEEKS; week++) {
			await changeGp(session, '/clock', {
				now: new Date(Date.parse(now) + week * 7 * DAY).toISOString(),
			});
			const keys: string[] = [];
			for (let count = 0; count < 4; count++) {
				const { documentType, voucher } = await changeGp<{ documentType: string; voucher: string }>(
					session,
					'/invoices/add',
					{
						state: 'open',
						lines: [
							{ account: '300-5130-02', amount: `${100 * week + count}.25` },
							...(count === 0 ? [{ account: '400-5130-02', amount: '17.10' }] : []),
						],
					},
				);
				keys.push(`${documentType};${voucher}`);
			}
			if (week % 2 === 0) await changeGp(session, '/vouchers/pay', { key: keys[1] });
			if (week % 3 === 0)
				await changeGp(session, '/vouchers/void', { key: keys[2], keepHistory: true });
			if (week % 4 === 0)
				await changeGp(session, '/vendors/change', {
					vendorId: 'CONTOSOL0001',
					change: { name: `Contoso of week ${week}` },
				});
			await sync();
		}
		before = await kept();
		expect(before.runs).toHaveLength(WEEKS + 1);
		expect(before.costs.length).toBeGreaterThan(60);
	});

	test('between the package and the installer: the old workflow goes on with the new nodes', async () => {
		await session.n8n.stop();
		await installPackage(process.env.E2E_TARBALL!, session.n8n.userFolder);
		await session.restartN8n();
		await changeGp(session, '/invoices/add', {
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '88.00' }],
		});
		const { summary } = await sync();
		expect(summary.directCosts).toMatchObject({ created: 1, updated: 0, failed: 0 });
		const now = await kept();
		expect(now.costs).toEqual(expect.arrayContaining(before.costs));
		before = now;
	});

	test('upgraded by the installer: nothing is lost, nothing is sent again, the books agree', async () => {
		const { url, client } = session.n8n;
		api = new N8n(new ApiClient({ address: url, apiKey: client.apiKey, fetch }));
		const lines: string[] = [];
		const result = await install(api, readShipped(), {
			dryRun: false,
			publish: false,
			credentials: Object.fromEntries(
				Object.values(session.credentials).map(({ type, id }) => [type, id]),
			),
			tell: (line) => lines.push(line),
		});
		expect(result.problems).toEqual([]);
		for (let round = 0; round < 2; round++) {
			const { summary, writeRequests } = await sync();
			expect(writeRequests).toBe(0);
			expect(summary).toMatchObject({ unexplained: '0.00', executionStatus: 'success' });
		}
		const after = await kept();
		expect(after.costs).toEqual(before.costs);
		expect(after.crosswalk).toEqual(expect.arrayContaining(before.crosswalk));
		expect(after.events.slice(0, before.events.length)).toEqual(before.events);
		expect(after.runs.slice(0, before.runs.length)).toEqual(before.runs);
	});

	test('and goes on: what changes in GP from here is sent, once, to where its earlier part stands', async () => {
		const added = await changeGp<{ voucher: string }>(session, '/invoices/add', {
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '4321.00' }],
		});
		const { summary } = await sync();
		expect(summary.directCosts).toMatchObject({ created: 1, failed: 0 });
		const costs = await syncedDirectCosts(session);
		expect(costs.filter(({ origin_id }) => origin_id!.includes(added.voucher))).toHaveLength(1);
		expect((await readBooks(session)).unexplained).toBe('0.00');
		const { tables } = session.n8n;
		const audit = checkAudit({
			journal: readFileSync(path.join(folder, 'procore.jsonl'), 'utf8'),
			events: await tables.rows<AuditEventRow>('gpp_event', {}),
			runs: await tables.rows<RunRow>('gpp_run', {}),
		});
		expect(audit).toMatchObject({ missing: [], doubled: [], invented: [], broken: [] });
	});
});
