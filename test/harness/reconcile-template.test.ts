import { checkState } from '../../cli/doctor/check-state';
import { documentKey } from '../../sandbox/gp/company/types';
import { inTableOrder } from '../../sandbox/gp/server/sba-routes';
import type { Control } from '../../lib/reconcile/control-totals';
import { toCents, toUnits } from '../../sandbox/start/cents';
import { runWorkflow, type WorkflowRun } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 30, documentCount: 60 });
	await world.sync();
});

afterAll(() => world.close());

async function run(name: string, trigger: string, answers: object = {}): Promise<WorkflowRun> {
	const { credentials, tables } = world;
	const result = await runWorkflow({
		workflow: shippedTemplate(name),
		trigger,
		triggerItems: [answers as never],
		credentials,
		tables,
	});
	if (result.error) throw result.error;
	return result;
}

interface Row {
	row_kind: string;
	run_id: string;
	cause: string;
	gp_key: string;
	difference: string;
	unexplained: string;
	gp_amount: string;
	procore_amount: string;
	vendor: string;
	project: string;
	not_proven: string;
	month: string;
	explained: string;
}
const rows = () => world.tables.rows<Row>('gpp_reconciliation');
const total = () => rows().find(({ row_kind }) => row_kind === 'total')!;
const withCause = (cause: string) => rows().filter((row) => row.cause === cause);

describe('the shipped reconcile template in n8n’s own engine', () => {
	it('explains every cent after a sync, by project, cost code, vendor and month', async () => {
		const result = await run('reconcile', 'Run now');
		expect(total()).toMatchObject({ unexplained: '0.00' });
		expect(Number(total().procore_amount)).toBeCloseTo(
			Number(world.procore.snapshot().budgetTotal),
			2,
		);
		expect([...new Set(rows().map((row) => row.row_kind))]).toEqual([
			'total',
			'documents by month',
			'project',
			'project, cost code',
			'vendor',
			'month',
			'documents by vendor',
			'vendors',
			'cost codes',
			'cost code difference',
			'difference',
		]);
		// People read names: none of a vendor or project is an id.
		for (const row of rows()) expect(`${row.vendor} ${row.project}`).not.toMatch(/GP:|\d{12}/);
		const [summary] = result.items('Compare books', 2);
		expect(summary).toMatchObject({
			company: 'TWO',
			documents: 60,
			unexplained: '0.00',
			fixable: 0,
		});
		expect(summary.text).toMatch(/Nothing is unexplained/);
	});

	it('says what became of every document GP lists, by month and by vendor', async () => {
		const [summary] = (await run('reconcile', 'Run now')).items('Compare books', 2);
		const control = summary.control as Control;
		const count = (of: Control) =>
			Object.values(of).reduce((sum, { documents }) => sum + documents, 0);
		expect(count(control)).toBe(world.gp.company.documents.size);
		expect(Object.keys(control).sort()).toEqual(['leftOut', 'sent', 'waiting']);
		expect(total().not_proven).toBe('');
		// The amounts are those of GP's own heads, not of what anybody made of them.
		const heads = [...world.gp.company.documents.values()].map((document) => ({
			month: document.documentDate!.slice(0, 7),
			units:
				(document.voided ? 0n : toUnits(document.amounts.document)) *
				(document.documentType >= 4 ? -1n : 1n),
		}));
		for (const by of ['documents by month', 'documents by vendor']) {
			const shown = rows().filter(({ row_kind }) => row_kind === by);
			expect(shown.every(({ difference }) => difference === '0.00')).toBe(true);
			expect(toCents(shown.reduce((sum, row) => sum + toUnits(row.gp_amount), 0n))).toBe(
				toCents(heads.reduce((sum, { units }) => sum + units, 0n)),
			);
		}
		for (const row of rows().filter(({ row_kind }) => row_kind === 'documents by month')) {
			const ofMonth = heads.filter(({ month }) => month === row.month);
			expect(row.gp_amount).toBe(toCents(ofMonth.reduce((sum, { units }) => sum + units, 0n)));
			expect(row.explained).toMatch(/^\d+ (in Procore|waiting|left out) /);
		}
	});

	it('names a document left out of which no run said so, and has the next run say it', async () => {
		const event = world
			.events()
			.find(({ outcome, entity }) => outcome === 'skipped' && entity === 'payable')!;
		world.tables.delete('gpp_event', (row) => row.gp_key === event.gp_key);
		await run('reconcile', 'Run now');
		expect(total().not_proven).toBe('of 1 document no run said what became of it');
		expect(withCause('unsaid')).toMatchObject([{ gp_key: event.gp_key, difference: '0.00' }]);
		await run('reconcile', 'Reconcile with options', {
			'What was edited in Procore': 'Report and keep',
			'What differs': 'Have it mended by the next run',
		});
		await world.sync();
		expect(world.events().filter((row) => row.gp_key === event.gp_key)).toMatchObject([
			{ outcome: 'skipped', reason_code: event.reason_code },
		]);
		await run('reconcile', 'Run now');
		expect(total().not_proven).toBe('');
	});

	it('names a document that waits nowhere although nothing of it can be sent', async () => {
		const [waiting] = world.tables
			.rows<{ gp_key: string; entity: string }>('gpp_parked')
			.filter(({ entity }) => entity === 'payable');
		world.tables.delete('gpp_parked', (row) => row.gp_key === waiting.gp_key);
		await run('reconcile', 'Run now');
		expect(total().not_proven).toMatch(
			/^of 1 document no run said what became of it \([\d,.-]+ in all; the first: .*: line \d+ .* GP job .*procore_project_id/,
		);
		expect(withCause('unsaid')).toMatchObject([{ gp_key: waiting.gp_key }]);
		world.tables.insert('gpp_request', [
			{ entity: 'payable', gp_company: 'TWO', gp_key: waiting.gp_key, reason: 'test', tries: 0 },
		]);
		await world.sync();
		await run('reconcile', 'Run now');
		expect(total().not_proven).toBe('');
	});

	it('reads two lists of GP and a few of Procore, and writes nothing there', async () => {
		const writes = world.procore.counters().writes;
		const [summary] = (await run('reconcile', 'Run now')).items('Compare books', 2);
		expect(world.procore.counters().writes).toBe(writes);
		const projects = world.procore.state.projects.all().length;
		const { gp: ofGp, procore: ofProcore } = summary.calls as Record<string, number>;
		// Of each kind of record: the list, its end, and both once more the other way.
		expect(ofGp).toBeLessThanOrEqual(3 * 6);
		// Projects, vendors, inactive vendors; then costs, lines and cost codes of each project.
		expect(ofProcore).toBeLessThanOrEqual(3 + 3 * projects);
	});

	it('says so where the second reading of GP failed', async () => {
		world.gp.faults.set([{ kind: 'errorBody', match: '$top=73' }]);
		const result = await run('reconcile', 'Run now');
		world.gp.faults.set([]);
		expect(total()).toMatchObject({
			unexplained: '0.00',
			not_proven: expect.stringMatching(/^the second reading failed: While reading the payables/),
		});
		expect(result.items('Compare books', 2)[0]).toMatchObject({
			missing: 0,
			title: 'Not proven: documents may be missing from this comparison',
		});
	});

	describe('a GP list that ends too early', () => {
		afterEach(() => world.gp.set({ cutListsAt: 0, dialect: 'odata', defaultPageSize: 0 }));

		/** What the doctor says of the books, by the rows of the tables. */
		const doctor = () =>
			checkState(
				{ rows: { gpp_reconciliation: rows() }, flows: [], executions: [] } as never,
				new Date(),
			)
				.filter(({ area }) => area === 'Books')
				.map(({ level, text }) => `${level}: ${text}`);

		it('turns run, comparison, page and doctor amber, and the number missing is named', async () => {
			const cutAt = 40;
			world.gp.set({ cutListsAt: cutAt });
			const result = await run('reconcile', 'Run now');
			const shown = new Set(
				inTableOrder(world.gp.company.documents.values())
					.slice(0, cutAt)
					.map((document) => documentKey(document)),
			);
			const cut = [...world.gp.company.documents.keys()].filter((key) => !shown.has(key));
			expect(cut).toHaveLength(20);
			expect(total().not_proven).toMatch(/^20 documents of GP are missing from this comparison/);
			expect(total().unexplained).toBe('0.00');
			// Nobody is told that they are gone, or were edited; and nothing of it is mended.
			const named = rows().filter((row) => cut.includes(row.gp_key));
			expect(new Set(named.map(({ gp_key }) => gp_key))).toEqual(new Set(cut));
			expect(new Set(named.map(({ cause }) => cause))).toEqual(new Set(['notRead']));
			expect(result.items('Compare books', 1)).toEqual([]);
			const page = await world.page({ page: 'reconciliation' });
			expect(page).toMatch(
				/banner warn[^]{0,80}Not proven complete:<\/strong> 20 documents of GP are missing/,
			);
			expect(doctor()).toEqual([
				expect.stringMatching(/^attention: not proven complete: 20 documents of GP are missing/),
			]);
		});

		it('of a service that takes no query is known by what was sent before, asked for by key', async () => {
			world.gp.set({ dialect: 'none', defaultPageSize: 50 });
			await world.sync();
			const [synced] = world.runs().slice(-1);
			expect(synced).toMatchObject({
				status: 'success with problems',
				not_proven: expect.stringMatching(/payables: .*exactly 50 rows came in one answer/),
			});
			expect(await world.page({ page: 'run', run: synced.run_id })).toMatch(/exactly 50 rows came/);
			await run('reconcile', 'Run now');
			const cut = inTableOrder(world.gp.company.documents.values())
				.slice(50)
				.map((document) => documentKey(document));
			const sent = cut.filter((key) =>
				world
					.directCosts()
					.some(({ origin_id }) => origin_id?.includes(`:PM:${key.replace(';', ':')}:`)),
			);
			expect(sent.length).toBeGreaterThan(3);
			expect(total().not_proven).toMatch(
				new RegExp(`^${sent.length} documents of GP are missing .*; .*exactly 50 rows came`),
			);
			expect(withCause('goneFromGp')).toEqual([]);
			expect(await world.page({ page: 'reconciliation' })).toContain('exactly 50 rows came');
			expect(doctor()[0]).toMatch(/^attention: not proven complete/);
		});
	});

	describe('where the money agrees', () => {
		const costs = () => world.procore.state.directCosts;
		const ours = (from: number) =>
			costs()
				.all()
				.filter(
					({ origin_id, description }) =>
						origin_id?.startsWith('GP:TWO:PM:1:') && Boolean(description),
				)
				.slice(from)[0]!;
		const keyOf = (originId: string | null) =>
			`1;${/^GP:TWO:PM:1:(.*?)(:P:|$)/.exec(originId!)![1]}`;

		it('names what else was sent and changed since, by the side that changed it, and mends GP’s', async () => {
			await run('reconcile', 'Run now');
			const before = rows().filter(({ row_kind }) => row_kind === 'difference').length;
			const [edited, inGp] = [ours(0), ours(1)];
			world.procore.state.put('directCosts', { ...edited, description: 'Edited by hand' });
			world.procore.state.commit();
			const document = world.gp.company.documents.get(keyOf(inGp.origin_id))!;
			const was = document.description;
			document.description = 'Said otherwise';
			await run('reconcile', 'Run now');
			expect(rows().filter(({ row_kind }) => row_kind === 'difference')).toHaveLength(before + 2);
			expect(total()).toMatchObject({ unexplained: '0.00', not_proven: '' });
			expect(withCause('editedInProcore')).toMatchObject([
				{
					gp_key: keyOf(edited.origin_id),
					difference: '0.00',
					explained: expect.stringContaining('description "Edited by hand" in Procore'),
				},
			]);
			expect(withCause('changedInGp')).toMatchObject([
				{ gp_key: keyOf(inGp.origin_id), explained: expect.stringContaining('Said otherwise') },
			]);
			for (const drift of ['Report and keep', "Put GP's values back"]) {
				await run('reconcile', 'Reconcile with options', {
					'What was edited in Procore': drift,
					'What differs': 'Have it mended by the next run',
				});
				await world.sync();
				await run('reconcile', 'Run now');
				expect(withCause('changedInGp')).toEqual([]);
				expect(withCause('editedInProcore')).toHaveLength(drift === 'Report and keep' ? 1 : 0);
			}
			expect(costs().get(inGp.id)?.description).toContain('Said otherwise');
			document.description = was;
			expect(costs().get(edited.id)?.description).not.toBe('Edited by hand');
		});

		it('names a write that was begun and never recorded, until a run records it', async () => {
			const written = ours(2);
			const data = JSON.parse(written.origin_data!) as object;
			const batch = 'run-of-before/7';
			world.procore.state.put('directCosts', {
				...written,
				origin_data: JSON.stringify({ ...data, b: batch, w: 'u' }),
			});
			world.procore.state.commit();
			world.tables.insert('gpp_journal', [
				{
					...{ batch_id: batch, run_id: 'run-of-before', gp_company: 'TWO', entity: 'payable' },
					...{ started_at: '2026-06-15T10:02:00.000Z' },
					places: String(written.project_id),
				},
			]);
			await run('reconcile', 'Run now');
			expect(withCause('unrecorded')).toMatchObject([
				{ gp_key: keyOf(written.origin_id), difference: '0.00' },
			]);
			expect(total()).toMatchObject({
				unexplained: '0.00',
				not_proven:
					'1 batch in the journal, begun 2026-06-15 10:02 UTC is not recorded (1 of its writes named)',
			});
			// What was cut off comes again, as nothing moved the watermark past it.
			world.tables.insert('gpp_request', [
				{
					...{ entity: 'payable', gp_company: 'TWO', gp_key: keyOf(written.origin_id) },
					...{ reason: 'test', tries: 0 },
				},
			]);
			await world.sync();
			expect(world.tables.rows('gpp_journal')).toEqual([]);
			await run('reconcile', 'Run now');
			expect(withCause('unrecorded')).toEqual([]);
			expect(total().not_proven).toBe('');
		});

		it('names a cost code of such a batch, too', async () => {
			const code = world.procore.state.costCodes.all().find(({ origin_id }) => origin_id)!;
			const data = JSON.parse(code.origin_data!) as object;
			const origin_data = JSON.stringify({ ...data, b: 'run-of-before/3', w: 'u' });
			world.procore.state.put('costCodes', { ...code, origin_data });
			world.tables.insert('gpp_journal', [
				{
					...{ batch_id: 'run-of-before/3', run_id: 'run-of-before', gp_company: 'TWO' },
					...{ entity: 'account', started_at: '2026-06-15T10:02:00.000Z', places: '' },
				},
			]);
			await run('reconcile', 'Run now');
			const [row] = withCause('unrecorded') as unknown as Array<{ gp_label: string }>;
			expect(row.gp_label).toContain(`Cost code ${code.code}`);
			expect(total().not_proven).toContain('1 of its writes named');
			world.procore.state.put('costCodes', code);
			world.procore.state.commit();
			world.tables.delete('gpp_journal', () => true);
		});
	});

	describe('vendors and cost codes', () => {
		const summed = (kind: string) => rows().find(({ row_kind }) => row_kind === kind)!.explained;
		const told = () =>
			rows()
				.filter(({ row_kind, cause }) => / difference$/.test(row_kind) && cause !== 'parked')
				.map(({ row_kind, gp_key, cause }) => `${row_kind}: ${gp_key} ${cause}`)
				.sort();
		const vendorOf = (index: number) => {
			const all = world.procore.state.vendors
				.all()
				.filter(({ origin_id }) => origin_id?.startsWith('GP:TWO:V:'));
			const vendor = all[index];
			return { vendor, key: vendor.origin_id!.split(':')[3] };
		};

		it('stand as GP has them after a sync, but for those that wait', async () => {
			await run('reconcile', 'Run now');
			expect(summed('vendors')).toBe('30 as in GP');
			expect(summed('cost codes')).toMatch(/^\d+ as in GP; \d+ left out; 18 parked$/);
			expect(told()).toEqual([]);
		});

		it('are told with the side that changed, and mended with edits put back', async () => {
			const { state } = world.procore;
			const [renamed, inactive, gone, inGp, both] = [0, 1, 2, 3, 4].map(vendorOf);
			state.put('vendors', { ...renamed.vendor, name: 'Renamed in Procore' });
			state.put('vendors', { ...inactive.vendor, is_active: false });
			state.put('vendors', {
				...gone.vendor,
				origin_id: null,
				origin_data: null,
				origin_code: null,
				name: 'Somebody else',
				is_active: false,
			});
			state.put('vendors', { ...both.vendor, name: 'Renamed on both sides' });
			for (const { key } of [inGp, both])
				world.gp.edits.changeVendor(key, { name: `New name of ${key}` });
			const codes = state.costCodes
				.all()
				.filter(({ origin_id }) => origin_id?.startsWith('GP:TWO:CC:'));
			const accountOf = (code: (typeof codes)[number]) => JSON.parse(code.origin_data!).a as string;
			const [edited, described] = codes.filter(({ origin_data }) => /"a"/.test(origin_data ?? ''));
			state.put('costCodes', { ...edited, name: 'Named in Procore' });
			world.tables.update(
				'gpp_account_crosswalk',
				(row) => row.gp_account === accountOf(described),
				{ cost_code_name: 'Named anew in the crosswalk' },
			);
			state.commit();
			await run('reconcile', 'Run now');
			expect(told()).toEqual(
				[
					`cost code difference: ${accountOf(edited)} editedInProcore`,
					`cost code difference: ${accountOf(described)} changedSinceSent`,
					`vendor difference: ${renamed.key} editedInProcore`,
					`vendor difference: ${inactive.key} inactiveInProcore`,
					`vendor difference: ${gone.key} missing`,
					`vendor difference: ${inGp.key} changedInGp`,
					`vendor difference: ${both.key} differs`,
				].sort(),
			);
			expect(rows().find(({ gp_key }) => gp_key === renamed.key)?.explained).toContain(
				'name: Renamed in Procore, in GP ',
			);
			const page = await world.page({ page: 'reconciliation' });
			expect(page).toContain('Renamed in Procore');

			await run('reconcile', 'Reconcile with options', {
				'What was edited in Procore': "Put GP's values back",
				'What differs': 'Have it mended by the next run',
			});
			const asked = world.tables.rows<{ entity: string; gp_key: string }>('gpp_request');
			expect(asked.filter(({ entity }) => entity === 'vendor')).toHaveLength(5);
			await world.sync();
			await run('reconcile', 'Run now');
			expect(told()).toEqual([]);
			expect(state.vendors.get(renamed.vendor.id)?.name).not.toBe('Renamed in Procore');
			expect(state.vendors.get(inactive.vendor.id)?.is_active).toBe(true);
		});

		it('are asked for without edits, where those are to stay', async () => {
			const { vendor, key } = vendorOf(0);
			const before = vendor.name;
			world.procore.state.put('vendors', { ...vendor, name: 'Kept' });
			world.procore.state.commit();
			await run('reconcile', 'Reconcile with options', {
				'What was edited in Procore': 'Report and keep',
				'What differs': 'Have it mended by the next run',
			});
			expect(told()).toEqual([`vendor difference: ${key} editedInProcore`]);
			expect(world.tables.rows('gpp_request')).toEqual([]);
			world.procore.state.put('vendors', {
				...world.procore.state.vendors.get(vendor.id)!,
				name: before,
			});
			world.procore.state.commit();
		});
	});

	it('replaces the rows of the comparison before', async () => {
		const result = await run('reconcile', 'Run now');
		expect(new Set(rows().map((row) => row.run_id))).toEqual(new Set([result.executionId]));
		expect(rows().filter(({ row_kind }) => row_kind === 'total')).toHaveLength(1);
	});

	it('compares the last three months only on its schedule', async () => {
		await run('reconcile', 'Every week', { timestamp: '2026-11-23T05:30:00Z' });
		expect(total()).toMatchObject({
			gp_amount: '0.00',
			procore_amount: '0.00',
			unexplained: '0.00',
		});
	});

	it('names what was edited, deleted and entered twice in Procore, and asks the next run to mend it', async () => {
		const { directCosts } = world.procore.state;
		const [first, second] = directCosts.all().filter((one) => one.status === 'approved');
		const [line] = world.procore.state.directCostLines.by('directCost', first.id);
		world.procore.state.put('directCostLines', { ...line, amount: '0.5' });
		world.procore.state.put('directCosts', {
			...second,
			deleted_at: '2026-07-01T00:00:00Z',
		} as never);
		world.procore.state.commit();

		await run('reconcile', 'Reconcile with options', {
			'What was edited in Procore': 'Report and keep',
			'What differs': 'Only report it',
		});
		expect(total()).toMatchObject({ unexplained: '0.00' });
		expect(withCause('editedInProcore').length).toBeGreaterThan(0);
		expect(withCause('missing').length).toBeGreaterThan(0);
		expect(world.tables.rows('gpp_request')).toEqual([]);

		const mend = {
			'What was edited in Procore': "Put GP's values back",
			'What differs': 'Have it mended by the next run',
		};
		await run('reconcile', 'Reconcile with options', mend);
		const asked = world.tables.rows<Record<string, string>>('gpp_request');
		expect(asked.map(({ gp_key }) => gp_key).sort()).toEqual(
			[
				...new Set(
					[...withCause('editedInProcore'), ...withCause('missing')].map((row) => row.gp_key),
				),
			].sort(),
		);
		expect(asked[0]).toMatchObject({ entity: 'payable', gp_company: 'TWO', reason: 'reconcile' });

		// What waits is not asked for again.
		await run('reconcile', 'Reconcile with options', mend);
		expect(world.tables.rows('gpp_request')).toHaveLength(asked.length);
		expect(withCause('waitingRequest').length).toBeGreaterThan(0);
	});
});
