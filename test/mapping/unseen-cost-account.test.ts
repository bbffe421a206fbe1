import type { AccountFacts, GpPayable, GpReceiptLine } from '../../lib/model/gp-records';
import { type FindingRow, placesInForce } from '../../lib/mapping/suggest/finding-rows';
import { mappingVersion } from '../../lib/mapping/settings-check';
import type { MappingRule } from '../../lib/mapping/policies.types';
import { DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import { account, directCosts, map, payable, type Entry } from './samples';

/** The pattern (second segment begins with 5) is what setup made of a sample. */
const AS_FOUND = { costAccountsFound: true as const };
const SEEN: Entry = ['purchase', '300-5110-02', '100'];
const UNSEEN: Entry = ['purchase', '300-9999-02', '40'];

type Given = NonNullable<Parameters<typeof map>[1]>;

/** What is sent, and why the rest is not. */
function outcome(document: GpPayable, given: Given = {}) {
	const result = map([document], { ...given, settings: { ...AS_FOUND, ...given.settings } });
	return [
		directCosts(result).map(({ projectId, total }) => `${projectId} ${total}`),
		result.notSent.map(({ outcome: kind, reason }) => `${kind} ${reason?.code}`),
		result.newJobs.map(({ gp_job }) => gp_job),
	];
}

function withFacts(facts: AccountFacts | null, entries: Entry[] = [SEEN, UNSEEN]): GpPayable {
	const document = payable(entries);
	for (const line of document.distributions)
		if (line.account === UNSEEN[1]) line.accountFacts = facts;
	return document;
}

const row = (gp_job: string, more: object) => ({ gp_company: 'TWO', gp_job, ...more });
const facts = (postingType: AccountFacts['postingType']): AccountFacts => ({
	...{ postingType, active: true, description: null },
});
const WAITS = [[], ['parked cost-account-unknown'], []];
const LEFT = [['9001 100.00'], ['skipped not-job-cost'], ['300']];

describe('a line on an account setup never saw, which names the job of a project', () => {
	test('keeps the whole document waiting, by its account', () => {
		const [waiting] = map([payable([SEEN, UNSEEN])], { settings: AS_FOUND }).notSent;
		expect(waiting).toMatchObject({
			outcome: 'parked',
			reason: { code: 'cost-account-unknown', causeKey: 'A:300-9999-02' },
			record: { voucher: '00000000000000417' },
		});
		expect(outcome(payable([UNSEEN]))).toEqual(WAITS);
	});

	test.each([null, facts(null), facts('unknown'), facts('profitAndLoss')])(
		'waits where GP says of the account %j',
		(said) => expect(outcome(withFacts(said))[1]).toEqual(WAITS[1]),
	);

	test('is left out where its account is on the balance sheet', () => {
		expect(outcome(withFacts(facts('balanceSheet')))).toEqual(LEFT);
	});

	test('is left out by a pattern that a person wrote', () => {
		const settings = { costAccountsFound: undefined };
		expect(outcome(payable([SEEN, UNSEEN]), { settings })).toEqual(LEFT);
	});

	test('waits where a row of the projects crosswalk links its job', () => {
		const projects = [row('777', { procore_project_id: '9002' })];
		const crosswalk = { projects, accounts: [], vendors: [] };
		expect(outcome(payable([['purchase', '777-9999-02', '40']]), { crosswalk })).toEqual(WAITS);
	});
});

describe('is left out as ever, and no job of it is taken down', () => {
	const line: Entry = ['purchase', '777-9999-02', '40'];
	test.each<[string, Entry, Given]>([
		['a job that has no project', line, {}],
		['no job at all', ['purchase', '000-9999-02', '40'], {}],
		[
			'a job of two projects',
			UNSEEN,
			{ projects: ['1', '2'].map((id) => ({ id, name: 'Twin', projectNumber: '300' })) },
		],
		[
			'a job that is set to skip',
			UNSEEN,
			{ crosswalk: { projects: [row('300', { action: 'skip' })], accounts: [], vendors: [] } },
		],
		['a project that is not chosen', UNSEEN, { settings: { onlyProjects: ['9002'] } }],
		[
			'a job that only a text names',
			['purchase', '000-9999-02', '40', 'JOB 300'],
			{ settings: { jobRules: [{ from: 'reference', pattern: 'JOB (\\d+)' }] } },
		],
	])('%s', (_, entry, given) => {
		expect(outcome(payable([entry]), given)).toEqual([[], ['skipped not-job-cost'], []]);
	});
});

test('a rule decides: skip leaves it out, a cost code sends it', () => {
	const when = { account: { is: 'oneOf' as const, accounts: ['300-9999-02'] } };
	const leave: MappingRule = { name: 'Shop', when, set: { skip: 'shop' } };
	const send: MappingRule = { name: 'Shop', when, set: { costCode: '9999' } };
	const document = payable([SEEN, UNSEEN]);
	const rules = (rule: MappingRule): Given => ({ settings: { rules: [rule] } });
	expect(outcome(document, rules(leave)).slice(0, 2)).toEqual([
		['9001 100.00'],
		['skipped skipped-by-rule'],
	]);
	expect(outcome(document, rules(send)).slice(0, 2)).toEqual([['9001 140.00'], []]);
});

test('charges keep their rules, a line of another company and a void theirs', () => {
	const freight = payable([SEEN, ['freight', '300-9999-02', '40']]);
	expect(outcome(freight)).toEqual([['9001 140.00'], [], ['300']]);
	const own = { settings: { freight: 'ownLine', ownLines: { freight: { costCode: '9000' } } } };
	expect(outcome(freight, own as Given)[1]).toEqual(
		outcome(freight, {
			settings: { ...own.settings, costAccountsFound: undefined },
		} as Given)[1],
	);
	const foreign = payable([SEEN, UNSEEN]);
	foreign.distributions[1]!.company = 'THREE';
	expect(outcome(foreign)[1]).toEqual(['skipped other-company']);
	expect(outcome(payable([UNSEEN], { voided: true }))[1]).toEqual(['skipped voided-never-sent']);
});

test('the cost of a receipt on such an account waits, unless it is inventory', () => {
	const line = { receipt: 'R1', line: 1, account: '300-9999-02', description: null, cost: '40' };
	const more = { variance: '0', varianceAccount: null, job: null, costCode: null, costType: null };
	const on = (given: Partial<GpReceiptLine>) =>
		payable([SEEN, ['purchase', '000-2150-00', '40']], {
			receiptLines: [{ ...line, ...more, ...given }],
		});
	const settings = { accrualAccounts: ['000-2150-00'] };
	expect(outcome(on({}), { settings })[1]).toEqual(WAITS[1]);
	expect(outcome(on({ accountFacts: facts('balanceSheet') }), { settings })).toEqual(LEFT);
});

test('the accounts sync leaves the account out as ever', () => {
	const [left] = map([account('300-9999-02')], { settings: AS_FOUND }).notSent;
	expect(left).toMatchObject({ outcome: 'skipped', reason: { code: 'not-job-cost' } });
});

test('the pattern counts as found only where setup found it and it was accepted', () => {
	const finding = (status: string): FindingRow => ({
		...{ gp_company: 'TWO', subject: 'costAccounts', status, found: 'begins with 5' },
		...{ coverage: '', examples: '', others: '', accepted: '', accepted_at: '', found_at: '' },
		settings: '{"costAccountPattern":"^[^-]+-5"}',
	});
	const found = (given: Parameters<typeof placesInForce>[0]) =>
		placesInForce(given).settings.costAccountsFound;
	const findings = [finding('accepted')];
	expect(found({ filled: {}, findings })).toBe(true);
	expect(found({ filled: {}, findings: [finding('proposed')] })).toBeUndefined();
	expect(found({ filled: { costAccountPattern: '^5' }, findings })).toBeUndefined();
	expect(found({ filled: {}, findings: [], before: { costAccountPattern: '^5' } })).toBeUndefined();
});

test('where each place comes from is said', () => {
	const finding = (settings: string, found = 'begins with 5'): FindingRow => ({
		...{ gp_company: 'TWO', subject: 'costAccounts', status: 'accepted', found, settings },
		...{ coverage: '', examples: '', others: '', accepted: '', accepted_at: '', found_at: '' },
	});
	const findings = [finding('{"costAccountPattern":"^5"}')];
	const of = (given: Partial<Parameters<typeof placesInForce>[0]>) => {
		const { places, settings } = placesInForce({ filled: {}, findings: [], ...given });
		return [places.costAccounts, settings.costAccountPattern, settings.unfound?.costAccounts];
	};
	const before = { costAccountPattern: '^4' };
	expect(of({ findings, before })).toEqual([
		{ from: 'as setup found it', said: 'begins with 5' },
		'^5',
		undefined,
	]);
	expect(of({ before })).toEqual([{ from: 'as used before setup looked' }, '^4', undefined]);
	const filled = { costAccountPattern: '^6' };
	expect(of({ findings, before, filled })).toEqual([{ from: 'filled in' }, '^6', undefined]);
	const reason = 'it has not looked through this company yet';
	expect(of({ before: {} })).toEqual([{ from: 'unknown', said: reason }, undefined, reason]);
	const broken = of({ findings: [finding('[')] });
	expect(broken[0]).toEqual({ from: 'unknown', said: expect.stringContaining('no settings') });
	// A default type alone is filled in where nothing else tells the type, and adds to what is found.
	const types = placesInForce({ filled: { defaultCostType: 'O' }, findings: [] });
	expect(types.places.costType).toEqual({ from: 'filled in' });
	expect(types.places.accrual).toEqual({ from: 'unknown' });
	const both = placesInForce({
		...{ filled: { defaultCostType: 'O' }, findings: [] },
		before: { costTypeSegment: 3, costTypePattern: '', costTypes: {} },
	} as never);
	expect(both.places.costType).toEqual({ from: 'as used before setup looked' });
	expect(both.settings).toMatchObject({ costTypeSegment: 3, defaultCostType: 'O' });
});

test('it makes another mapping of the same pattern', () => {
	const written = mappingVersion(DELIVERED_UNTIL_0_3);
	expect(mappingVersion({ ...DELIVERED_UNTIL_0_3, costAccountsFound: undefined })).toBe(written);
	expect(mappingVersion({ ...DELIVERED_UNTIL_0_3, ...AS_FOUND })).not.toBe(written);
});
