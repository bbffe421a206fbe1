import { judge } from '../../cli/doctor/doctor';
import type { Facts } from '../../cli/doctor/facts';
import { addressesOf } from '../../cli/doctor/addresses';
import { describeFindings, isBroken, nextStep } from '../../cli/doctor/findings';
import type { InstalledFlow } from '../../cli/flow/flow';
import { readShipped } from '../../cli/shipped/shipped';
import { asInstalled, change, template } from './samples';

const NOW = new Date('2026-03-02T12:00:00Z');

/** An n8n in which everything is well. */
function healthy(): Facts {
	const sync = { ...template(), id: 'gpp-sync', name: 'GP to Procore: sync' };
	const flow: InstalledFlow = { ...asInstalled(sync, 'S1'), active: true, activeVersionId: 'v1' };
	return {
		address: 'http://localhost:5678',
		version: '2.41.1',
		packageKnown: true,
		packageHasEngine: true,
		packageVersion: '0.2.0',
		shipped: { packageName: 'n8n-nodes-dynamics-gp-procore', version: '0.2.0' },
		flows: [
			{
				template: sync,
				found: { kind: 'one', flow },
				plan: {
					flow,
					differs: false,
					changed: [],
					kept: [],
					contested: [],
					putBack: [],
					filled: [],
				},
			},
		],
		workflowIds: new Set(['S1', 'E1']),
		tests: [
			{
				type: 'dynamicsGpApi',
				credential: { id: 'gp-1', name: 'Our GP', type: 'dynamicsGpApi' },
				nodes: ['sync: GP'],
				result: { status: 'OK', message: 'Connected to Dynamics GP' },
			},
		],
		tables: [
			{
				definition: { name: 'gpp_run', columns: [] },
				present: { id: 'T1', name: 'gpp_run', projectId: 'P1', columns: [] },
				missing: [],
				wrong: [],
				confusable: [],
			},
		],
		rows: {
			gpp_run: [{ run_id: 'r1', status: 'success', started_at: '2026-03-02T11:00:00Z' }],
			gpp_watermark: [{ updatedAt: '2026-03-02T11:05:00Z' }],
			gpp_project_crosswalk: [{ gp_job: 'J1', procore_project_id: '9001' }],
		},
		executions: [],
		lastFailure: null,
	};
}

const levelsOf = (edit: (facts: Facts) => void, area: RegExp) =>
	judge(change(healthy(), edit), NOW)
		.filter((finding) => area.test(finding.area))
		.map(({ level, text }) => `${level}: ${text}`);

test('where all is well every line is OK', () => {
	const findings = judge(healthy(), NOW);
	expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
	expect(isBroken(findings)).toBe(false);
	expect(describeFindings(findings)).toMatch(/All well\.$/);
});

test('every finding that is not OK says what to do', () => {
	const findings = judge(
		change(healthy(), (facts) => {
			facts.version = '2.4.0';
			facts.packageKnown = false;
			facts.flows[0].found = { kind: 'none' };
			facts.tables[0].present = undefined;
			facts.tests[0].result = { status: 'Error', message: 'Login refused' };
			facts.rows = {
				gpp_parked: [{ reason_code: 'no-project' }],
				gpp_alert: [{ subject: 'Books differ', first_at: '2026-03-01' }],
			};
		}),
		NOW,
	);
	const wrong = findings.filter(({ level }) => level !== 'ok');
	expect(wrong.length).toBeGreaterThanOrEqual(7);
	for (const finding of wrong) expect(finding.remedy).toMatch(/\w{3}/);
	expect(describeFindings(findings)).toMatch(
		/BROKEN {5}n8n: version 2\.4\.0 is too old\n {11}→ Update n8n/,
	);
	expect(isBroken(findings)).toBe(true);
});

test('an older package than this doctor is to be updated, a newer one needs its own doctor', () => {
	const text = (version: string) =>
		judge({ ...healthy(), packageVersion: version }, NOW).find(({ area }) => area === 'Package');
	expect(text('0.1.0')).toMatchObject({
		level: 'attention',
		remedy: expect.stringContaining('Update it'),
	});
	expect(text('99.0.0')).toMatchObject({
		level: 'attention',
		remedy: expect.stringContaining('@99.0.0 doctor'),
	});
});

test('a package without the steps the workflows call is broken, whatever its version says', () => {
	for (const packageVersion of [null, '0.2.0'])
		expect(
			judge({ ...healthy(), packageVersion, packageHasEngine: false }, NOW).find(
				({ area }) => area === 'Package',
			),
		).toMatchObject({ level: 'broken', text: expect.stringContaining('lacks steps') });
});

test('rows of another workflow: what a Test button cannot say, and what its workflow lacks', () => {
	const rows =
		'The workflow that gives the rows of GP cannot be called: it is called by a node in a workflow, and this is none.';
	expect(
		levelsOf(
			(facts) => (facts.tests[0].result = { status: 'Error', message: rows }),
			/^Credential/,
		),
	).toEqual(['attention: reads rows of another workflow, which no Test button can call']);
	const source = readShipped().templates.find(({ id }) => id === 'gpp-sql-source')!;
	const withSource = (edit: (flow: InstalledFlow) => void) => (facts: Facts) => {
		const flow = { ...asInstalled(source, 'Q1'), active: true, activeVersionId: 'v1' };
		edit(flow);
		facts.flows.push({ template: source, found: { kind: 'one', flow } });
	};
	const area = new RegExp(source.name);
	expect(
		levelsOf(
			withSource(() => undefined),
			area,
		),
	).toEqual(['attention: "Microsoft SQL" has no credential']);
	const chosen = (flow: InstalledFlow) => {
		const node = flow.nodes.find(({ name }) => name === 'Microsoft SQL')!;
		node.credentials = { microsoftSql: { id: 'db-1', name: 'GP database' } };
	};
	expect(levelsOf(withSource(chosen), area)).toEqual(['ok: published and up to date']);
	expect(
		levelsOf(
			withSource((flow) => {
				chosen(flow);
				flow.active = false;
			}),
			area,
		),
	).toEqual(['attention: not published: the Dynamics GP node cannot call it']);
});

test('a reference that leads to no workflow is broken', () => {
	expect(levelsOf((facts) => (facts.workflowIds = new Set(['S1'])), /^Workflow/)).toEqual([
		'broken: refers to E1, which is no workflow of this n8n',
	]);
});

test('an unpublished sync, and one changed after it was published, are told apart', () => {
	const flowOf = (facts: Facts) => (facts.flows[0].found as { flow: InstalledFlow }).flow;
	expect(levelsOf((facts) => (flowOf(facts).active = false), /^Workflow/)[0]).toMatch(
		/not published/,
	);
	expect(levelsOf((facts) => (flowOf(facts).versionId = 'v2'), /^Workflow/)[0]).toMatch(
		/the older version runs/,
	);
});

test('a credential that a node asks for and nobody has is broken; a page without one needs attention', () => {
	const without = (type: string) =>
		levelsOf(
			(facts) => (facts.tests = [{ type, credential: null, nodes: ['sync: GP'] }]),
			/^Credential/,
		);
	expect(without('dynamicsGpApi')[0]).toMatch(/^broken/);
	expect(without('httpBasicAuth')[0]).toMatch(/^attention/);
});

test('an OAuth2 credential that was not used yet is nothing broken', () => {
	const message = 'This OAuth2 credential was not connected to an account.';
	expect(
		levelsOf((facts) => {
			facts.tests[0].result = { status: 'Error', message };
			facts.rows.gpp_run = [];
		}, /^Credential/)[0],
	).toMatch(/^attention: not used yet/);
});

test('a table that lacks columns is broken and names them', () => {
	expect(
		levelsOf((facts) => (facts.tables[0].missing = [{ name: 'calls', type: 'number' }]), /^Table/),
	).toEqual(['broken: lacks calls']);
});

describe('runs', () => {
	test('one that has not said a word for an hour was cut off', () => {
		const running = (alive: string) =>
			levelsOf(
				(facts) =>
					facts.rows.gpp_run.unshift({
						run_id: 'r2',
						status: 'running',
						started_at: '2026-03-02T08:00:00Z',
						alive_at: alive,
					}),
				/^Runs/,
			)[0];
		expect(running('2026-03-02T11:59:00Z')).toMatch(/^ok: one is going on/);
		expect(running('2026-03-02T10:30:00Z')).toMatch(/^attention: run r2 .* never ended/);
	});

	test('a failed one is shown with its error', () => {
		expect(
			levelsOf(
				(facts) => Object.assign(facts.rows.gpp_run[0], { status: 'failed', error: 'GP is down' }),
				/^Runs/,
			)[0],
		).toMatch(/^attention: .*failed: GP is down/);
	});

	test('one that yielded to another says nothing about how things are', () => {
		const yielded = { run_id: 'r2', status: 'skipped', started_at: '2026-03-02T11:30:00Z' };
		expect(levelsOf((facts) => facts.rows.gpp_run.unshift(yielded), /^Runs/)).toEqual([
			'ok: the last one (2026-03-02T11:00:00Z) succeeded',
		]);
	});

	test('one whose records failed is no success, and says how many', () => {
		const levels = (row: object) =>
			levelsOf((facts) => Object.assign(facts.rows.gpp_run[0], row), /^Runs/)[0];
		expect(levels({ status: 'success with problems', failed: 3 })).toMatch(
			/^attention: .*with problems: 3 records failed/,
		);
		// As a row of 0.2.0 has it.
		expect(levels({ failed: 1 })).toMatch(/^attention: .*: 1 record failed/);
		expect(levels({ not_proven: 'exactly 100 vendors came' })).toMatch(/not proven complete/);
	});

	test('a lease held for a run that ended is named', () => {
		expect(
			levelsOf(
				(facts) =>
					(facts.rows.gpp_lease = [
						{ gp_company: 'TWO', run_id: 'r1', until: '2026-03-02T12:10:00Z' },
					]),
				/^Lease/,
			)[0],
		).toMatch(/^attention: TWO is still held by run r1/);
	});
});

test('a watermark that stands still is stale only while the sync is published', () => {
	const stale = (active: boolean) =>
		levelsOf((facts) => {
			facts.rows.gpp_watermark = [{ updatedAt: '2026-03-01T12:00:00Z' }];
			(facts.flows[0].found as { flow: InstalledFlow }).flow.active = active;
		}, /^Watermarks/)[0];
	expect(stale(true)).toMatch(/^attention: did not move for 24 h/);
	expect(stale(false)).toMatch(/^ok/);
});

test('a watermark that did not move is not stale where a run read GP without anything new', () => {
	const read = (row: object) =>
		levelsOf((facts) => {
			facts.rows.gpp_watermark = [{ updatedAt: '2026-03-01T12:00:00Z' }];
			Object.assign(facts.rows.gpp_run[0], {
				finished_at: '2026-03-02T11:05:00Z',
				watermark_to: '{"vendor":"2026-03-01"}',
				...row,
			});
		}, /^Watermarks/)[0];
	expect(read({})).toMatch(/^ok/);
	// One that only sent again what was asked for read no list.
	expect(read({ watermark_to: '{}' })).toMatch(/^attention/);
	expect(read({ dry_run: true })).toMatch(/^attention/);
	expect(read({ status: 'failed' })).toMatch(/^attention/);
});

test('jobs without a project are counted and named, skipped ones are not', () => {
	const rows = [
		{ gp_job: 'J1', procore_project_id: '9001' },
		{ gp_job: 'J2' },
		{ gp_job: 'J3', action: 'skip' },
	];
	expect(levelsOf((facts) => (facts.rows.gpp_project_crosswalk = rows), /^Projects/)).toEqual([
		'attention: 1 of 2 GP jobs have no Procore project (J2)',
	]);
});

test('books that differ without explanation are broken, those that may lack records need a look', () => {
	const books = (unexplained: string, more: Record<string, string> = {}) =>
		levelsOf(
			(facts) =>
				(facts.rows.gpp_reconciliation = [
					{ at: '2026-03-02', gp_company: 'TWO', row_kind: 'total', unexplained, ...more },
					{ at: '2026-02-02', gp_company: 'TWO', row_kind: 'total', unexplained: '1.00' },
				]),
			/^Books/,
		);
	expect(books('0.00')).toEqual([expect.stringMatching(/^ok: agree to the cent/)]);
	expect(books('0.00', { difference: '5.00' })[0]).toMatch(/^ok: differ by 5.00, every cent/);
	expect(books('-12.50')[0]).toMatch(/^broken: -12\.50 unexplained/);
	expect(books('0.00', { not_proven: '12 documents of GP are missing' })[0]).toMatch(
		/^attention: not proven complete: 12 documents of GP are missing/,
	);
});

test('a published form that asks for no login is broken, however it came to be', () => {
	const form = {
		...healthy().flows[0].template.nodes[0],
		id: 'n-form',
		name: 'Sync form',
		type: 'n8n-nodes-base.formTrigger',
		parameters: {},
	};
	const levels = levelsOf(
		(facts) => (facts.flows[0].found as { flow: InstalledFlow }).flow.nodes.push(form),
		/^Workflow/,
	);
	expect(levels).toContain('broken: "Sync form" is open to anybody who knows its address');
});

test('a guarded draft does not hide that the version n8n runs is open', () => {
	const levels = levelsOf((facts) => {
		const { flow } = facts.flows[0].found as { flow: InstalledFlow };
		const form = {
			...flow.nodes[0],
			id: 'n-form',
			name: 'Sync form',
			type: 'n8n-nodes-base.formTrigger',
			typeVersion: 2.2,
			parameters: { authentication: 'basicAuth' },
		};
		flow.nodes.push(form);
		flow.activeVersion = { nodes: [{ ...form, parameters: {} }] };
		flow.versionId = 'v2';
	}, /^Workflow/);
	expect(levels).toContain('broken: "Sync form" is open to anybody who knows its address');
});

describe('a Procore login that n8n does not try', () => {
	const message = 'This OAuth2 credential was not connected to an account.';
	const credential = { id: 'p-1', name: 'Our Procore', type: 'procoreOAuth2Api' };
	const said = (edit: (facts: Facts) => void) =>
		levelsOf((facts) => {
			facts.tests = [
				{
					type: credential.type,
					credential,
					nodes: ['sync: Sync vendors'],
					result: { status: 'Error', message },
				},
			];
			edit(facts);
		}, /Our Procore/);

	test('was refused where the last run says so, in its executions or in its row', () => {
		const refused = 'Procore refused the login (401): invalid_client';
		const inExecution = said((facts) => {
			facts.rows.gpp_run = [];
			facts.executions = [
				{
					id: '7',
					status: 'error',
					workflowId: 'S1',
					startedAt: '2026-03-02T11:00:00Z',
					stoppedAt: null,
				},
			];
			facts.lastFailure = refused;
		});
		const inRow = said((facts) => {
			facts.rows.gpp_run = [
				{ run_id: 'r2', status: 'failed', started_at: '2026-03-02T11:30:00Z', error: refused },
			];
		});
		for (const findings of [inExecution, inRow])
			expect(findings).toEqual([`broken: the last run was refused by Procore: ${refused}`]);
	});

	test('works where a run went through, and is not known before the first', () => {
		expect(said(() => undefined)).toEqual(['ok: the run of 2026-03-02T11:00:00Z wrote with it']);
		expect(said((facts) => (facts.rows.gpp_run = []))).toEqual([
			expect.stringMatching(/^attention: not used yet/),
		]);
		// GP out of reach says nothing of Procore.
		expect(
			said((facts) => {
				facts.rows.gpp_run = [];
				facts.lastFailure = 'Dynamics GP refused the login of CONTOSO\\gpsvc (401)';
			}),
		).toEqual([expect.stringMatching(/^attention: not used yet/)]);
	});
});

test('a first run that failed before it began is told with its reason', () => {
	expect(
		levelsOf((facts) => {
			facts.rows.gpp_run = [];
			facts.executions = [
				{
					id: '7',
					status: 'error',
					workflowId: 'S1',
					startedAt: '2026-03-02T11:00:00Z',
					stoppedAt: null,
				},
			];
			facts.lastFailure = 'No such company';
		}, /^Runs/),
	).toEqual([
		'broken: none began; execution 7 of the sync failed at 2026-03-02T11:00:00Z: No such company',
	]);
});

test('of an n8n that holds nothing of the package one line says so, and the next step is to install', () => {
	const findings = judge(
		change(healthy(), (facts) => {
			facts.flows[0].found = { kind: 'none' };
			facts.tables[0].present = undefined;
			facts.tests = [];
			facts.rows = {};
		}),
		NOW,
	);
	expect(findings.map(({ area }) => area)).toEqual(['n8n', 'Package', 'Workflows and tables']);
	expect(nextStep(findings)).toMatch(
		/^Workflows and tables: Run "npx n8n-nodes-dynamics-gp-procore install"/,
	);
	expect(describeFindings(findings)).toMatch(/\nNext: Workflows and tables: Run "npx /);
});

test('what waits for a choice is not said to be tried on every run', () => {
	const facts = change(healthy(), ({ rows }) => {
		rows.gpp_parked = [{ reason_code: 'job-without-project' }];
	});
	const { remedy } = judge(facts, NOW).find(({ area }) => area === 'Parked records')!;
	expect(remedy).toMatch(/waits for a choice once that is made/);
});

test('what is broken is the next step before what needs a look', () => {
	const findings = judge(
		change(healthy(), (facts) => {
			facts.rows.gpp_parked = [{ reason_code: 'no-project' }];
			facts.tests[0].result = { status: 'Error', message: 'Login refused' };
		}),
		NOW,
	);
	expect(nextStep(findings)).toMatch(/^Credential "Our GP"/);
	expect(nextStep(judge(healthy(), NOW))).toBeNull();
});

test('addresses are those of published pages and forms, as n8n runs them', () => {
	const dashboard = readShipped().templates.find(({ id }) => id === 'gpp-dashboard')!;
	const sync = readShipped().templates.find(({ id }) => id === 'gpp-sync')!;
	const facts = (active: boolean) => ({
		address: 'https://n8n.example.com',
		flows: [dashboard, sync].map((template) => ({
			template,
			found: { kind: 'one' as const, flow: { ...asInstalled(template, template.id), active } },
		})),
	});
	expect(addressesOf(facts(true)).map(({ url }) => url)).toEqual(
		expect.arrayContaining([
			'https://n8n.example.com/webhook/gpp-dashboard',
			'https://n8n.example.com/form/gpp-sync-form',
		]),
	);
	expect(addressesOf(facts(false))).toEqual([]);
});

describe('an n8n that allows its tables 50 MB', () => {
	const judged = (version: string, tableLimitMb: number) => {
		const facts = { ...healthy(), version };
		const shipped = { ...template(), id: 'gpp-errors' };
		shipped.nodes[0]!.parameters = { thresholds: { tableLimitMb: 200 } };
		const alerts = asInstalled(structuredClone(shipped), 'E1');
		alerts.nodes[0]!.parameters = { thresholds: { tableLimitMb } };
		facts.flows = [...facts.flows, { template: shipped, found: { kind: 'one', flow: alerts } }];
		return judge(facts, NOW).filter(({ area }) => area === 'Size of the tables');
	};

	test('is told to whoever has the alert reckon with 200', () => {
		expect(judged('2.26.9', 200)).toMatchObject([{ level: 'attention' }]);
		expect(judged('2.26.9', 200)[0]!.text).toContain('50 MB');
	});

	test('but not where the alert was told, or n8n allows more', () => {
		expect(judged('2.26.9', 50)).toEqual([]);
		expect(judged('2.27.0', 200)).toEqual([]);
	});
});
