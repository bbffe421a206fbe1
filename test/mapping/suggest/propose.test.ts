import { runSteps } from '../../../lib/http/read-body';
import { DEFAULT_MAPPING_SETTINGS } from '../../../lib/mapping/types';
import { previewer } from '../../../lib/mapping/preview';
import { bare } from '../../../lib/mapping/suggest/propose-numbers';
import { propose, rowsOf, unfoundOf } from '../../../lib/mapping/suggest/propose';
import { type Proposal, sampleOf } from '../../../lib/mapping/suggest/propose-types';
import { NOTHING_THERE, SOMETHING_BESIDE } from '../layouts/by-chance';
import { IN_SEGMENTS } from '../layouts/in-segments';
import { IN_TEXTS } from '../layouts/in-texts';
import type { Layout } from '../layouts/layout';

function proposalFor({ accounts, payables, procore }: Layout): Proposal {
	const gather = sampleOf();
	gather.accounts(accounts);
	gather.payables(payables);
	return runSteps(propose(gather.sample(), procore));
}

/** Each line by the mapping itself with what was proposed, against its label. */
function judged(layout: Layout, proposal: Proposal) {
	const preview = previewer({
		crosswalk: { projects: rowsOf('TWO', proposal), accounts: [], vendors: [] },
		projects: [...layout.procore.projects],
		settings: {
			...DEFAULT_MAPPING_SETTINGS,
			...proposal.settings,
			...(proposal.settings.costAccountPattern ? { costAccountsFound: true as const } : {}),
			unfound: unfoundOf(proposal.findings),
		},
	});
	const wrong: string[] = [];
	const unseen: string[] = [];
	let [lines, right] = [0, 0];
	for (const payable of layout.payables) {
		for (const line of preview(payable)) {
			const label = layout.labels.get(`${payable.key} ${line.sequence}`);
			if (!label) continue;
			lines += 1;
			const is =
				line.decision === 'send'
					? `${line.projectId} ${line.costCode} ${line.costType}`
					: line.reasonCode;
			const isRight =
				label.is === 'cost'
					? is === `${label.project} ${label.code} ${label.type}`
					: label.is === 'open'
						? line.reasonCode === 'job-without-project' &&
							bare(line.message).includes(bare(label.job))
						: label.is === 'accrual'
							? line.reasonCode === 'cost-on-receipt'
							: line.decision === 'leave';
			if (line.reasonCode === 'cost-account-unknown') unseen.push(`${line.account} ${label.is}`);
			if (isRight) right += 1;
			// Sent where it does not belong, or left out though it is cost: worse than waiting.
			else if (line.decision === 'send' || (line.decision === 'leave' && label.is === 'cost'))
				wrong.push(`${line.account} ${line.reference}: ${is}, not ${JSON.stringify(label)}`);
		}
	}
	return { lines, right, wrong, unseen };
}

/** The same company, whose accounts have a segment behind the first that is blank in all of them. */
function withBlankSegment(layout: Layout): Layout {
	const blank = (account: string) => account.replace(/[^\p{L}\p{N}]/u, '$&$&');
	return {
		...layout,
		name: `${layout.name}, a segment is blank`,
		accounts: layout.accounts.map((one) => ({ ...one, account: blank(one.account) })),
		payables: layout.payables.map((one) => ({
			...one,
			distributions: one.distributions.map((line) => ({ ...line, account: blank(line.account) })),
		})),
	};
}

const BLANKS = [...IN_SEGMENTS, ...IN_TEXTS].map(withBlankSegment);
const all = [...IN_SEGMENTS, ...IN_TEXTS, ...SOMETHING_BESIDE, ...BLANKS];

describe.each(all.map((layout) => [layout.name, layout] as const))('%s', (_, layout) => {
	// Worked out in each test, not beside them: a fault that is tried out is only on while a test runs.
	const proposed = () => proposalFor(layout);

	test('is found: at least 95 % of the cost lines are placed as they are labelled', () => {
		const proposal = proposed();
		const { lines, right } = judged(layout, proposal);
		const told = proposal.findings.map(({ said }) => said).join('\n');
		expect(right / lines >= 0.95 ? 'found' : `${right} of ${lines}\n${told}`).toBe('found');
	});

	test('nothing that is claimed is wrong, and no line waits that is rightly left out', () => {
		const { wrong, unseen } = judged(layout, proposed());
		expect(wrong).toEqual([]);
		// Waits for somebody to say what its account is.
		expect(unseen).toEqual([]);
	});

	test('nor where setup saw a quarter of the documents', () => {
		const seen = proposalFor({ ...layout, payables: layout.payables.slice(0, 40) });
		const { unseen } = judged(layout, seen);
		expect(unseen.filter((one) => !one.endsWith(' cost'))).toEqual([]);
	});
});

describe.each(NOTHING_THERE.map((layout) => [layout.name, layout] as const))('%s', (_, layout) => {
	const proposed = () => proposalFor(layout);

	test('is no place of the job: not sure, with what was looked at', () => {
		const proposal = proposed();
		const job = proposal.findings.find(({ subject }) => subject === 'job')!;
		expect(job).toMatchObject({ sure: false, settings: {} });
		expect(job.said).toMatch(/^Not sure where the job stands: /);
		expect(proposal.settings.jobRules).toBeUndefined();
	});

	test('nothing is sent or left out on a guess', () => {
		const proposal = proposed();
		expect(judged(layout, proposal).wrong).toEqual([]);
		expect(proposal.coverage).toMatchObject({ placed: 0, left: 0 });
	});
});

test('an account on the jobs that no line shows is cost where its category is that of cost', () => {
	const layout = IN_SEGMENTS[0]!;
	const also = (natural: string, category: string) =>
		layout.accounts
			.filter(({ account }) => account.includes('-5110-'))
			.map((one) => {
				const account = one.account.replace('-5110-', `-${natural}-`);
				return { ...one, account, key: account, category };
			});
	const accounts = [
		...layout.accounts,
		...also('7100', 'Cost of Goods Sold'),
		...also('8100', 'Gain or loss on sale of assets'),
	];
	const pattern = new RegExp(
		proposalFor({ ...layout, accounts }).settings.costAccountPattern!,
		'i',
	);
	const fits = (natural: string) => pattern.test(`300-${natural}-01`);
	expect([fits('5110'), fits('7100'), fits('8100')]).toEqual([true, true, false]);
});

test('values of the cost type that nothing describes are no example of one', () => {
	const told = all.map((layout) => {
		const accounts = layout.accounts.map((account) =>
			/equip|rental/i.test(account.description ?? '')
				? { ...account, description: 'Various' }
				: account,
		);
		return proposalFor({ ...layout, accounts }).findings.find(
			({ subject }) => subject === 'costType',
		)!;
	});
	expect(told.some(({ said }) => /lines tell none/.test(said))).toBe(true);
	for (const { examples } of told) expect(examples.join()).not.toMatch(/undefined/);
});

test('there are at least twelve layouts', () => {
	expect(all.length).toBeGreaterThanOrEqual(12);
});

test('a large chart of accounts is looked through in short steps', () => {
	const accounts = Array.from({ length: 20_000 }, (_, index) => {
		const account = `5${index % 9}00-${24_000 + (index % 400)}-${1_000 + Math.floor(index / 400) * 10}`;
		return { ...IN_SEGMENTS[0].accounts[0], key: account, account };
	});
	const lines = accounts.map(({ account }) => ({
		...{ account, lines: 1, reference: `of ${account}` },
		...{ description: null, purchaseOrder: null },
	}));
	const projects = Array.from({ length: 400 }, (_, index) => ({
		...{ id: String(index), name: `P ${index}`, projectNumber: String(24_000 + index) },
	}));
	const sample = { payables: 1, costLines: lines.length, lines, accounts, taxAccounts: new Map() };
	const steps = propose(sample, { projects, costTypes: [], costCodes: [] });
	let count = 0;
	while (!steps.next().done) count += 1;
	// Each place of the account by itself, and each line.
	expect(count).toBeGreaterThan(lines.length + 20);
});

describe('setup run again', () => {
	const layout = IN_SEGMENTS.find(({ name }) => name.startsWith('shop and yard'))!;
	const gather = sampleOf();
	gather.accounts(layout.accounts);
	gather.payables(layout.payables);
	const sample = gather.sample();
	const { procore } = layout;
	const first = runSteps(propose(sample, procore));
	const saidOf = ({ findings }: Proposal, subject: string) =>
		findings.find((one) => one.subject === subject)?.said;
	const [open] = [...saidOf(first, 'openJobs')!.matchAll(/(\S+) \(\d+ lines?\)/g)].map(
		([, job]) => job!,
	);
	const row = (given: object) => ({ gp_company: 'TWO', gp_job: open!, action: 'send', ...given });

	it.each([
		['a project', { procore_project_id: procore.projects[0]!.id }, 'placed'],
		['skip', { action: 'skip' }, 'left'],
	] as const)('no longer asks for a job that was given %s', (_what, given, where) => {
		const again = runSteps(propose(sample, procore, { projects: [row(given)], accounts: [] }));
		expect(saidOf(again, 'openJobs') ?? '').not.toContain(`${open} (`);
		expect(again.coverage.waiting).toBeLessThan(first.coverage.waiting);
		expect(again.coverage[where]).toBeGreaterThan(first.coverage[where]);
		expect(again.settings).toEqual(first.settings);
	});

	it('goes on asking for a job whose row is still empty', () => {
		const again = runSteps(propose(sample, procore, { projects: [row({})], accounts: [] }));
		expect(saidOf(again, 'openJobs')).toBe(saidOf(first, 'openJobs'));
	});

	it('does not call a job left out that was given a project since', () => {
		const skip = first.skips[0]!;
		const stands = row({ gp_job: skip.job, procore_project_id: procore.projects[0]!.id });
		const again = runSteps(propose(sample, procore, { projects: [stands], accounts: [] }));
		expect(saidOf(first, 'skippedJobs')).toContain(`${skip.job} (`);
		expect(saidOf(again, 'skippedJobs') ?? '').not.toContain(`${skip.job} (`);
	});
});
