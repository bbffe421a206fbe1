import {
	ProcoreNotFoundError,
	ProcoreProjectBlockedError,
	ProcoreRateLimitedError,
	ProcoreRequestRefusedError,
} from '../../lib/procore/errors/procore-errors';
import {
	faultOf,
	faultOfRecord,
	isProjectBlock,
	outcomeOf,
	partOf,
	reasonOfError,
	withAlso,
	withoutNoDate,
} from '../../lib/sync/outcomes';
import { source } from '../procore/support/desired';

const details = { remedy: 'Do this', requestId: 'q1', httpStatus: 422 };
const desired = {
	kind: 'directCost' as const,
	originId: 'GP:TWO:PM:1:417:P:9001',
	source: source('payable', '1;417'),
	projectId: '9001',
	record: { voucher: '417' },
	lines: [
		{ costCode: '5110', costType: 'M', amount: '1.00', description: 'Rebar', originId: 'x' },
		{ costCode: '5120', costType: 'L', amount: '2.00' },
	],
};

describe('why Procore refused a row', () => {
	const refused = (errors: Record<string, string[]>) => faultOf({ row: {}, errors });

	test.each<[string, string, string, string]>([
		['base', 'This record is locked', 'locked', 'locked'],
		['status', 'is immutable', 'locked', 'locked'],
		['base', 'You cannot edit this direct cost', 'locked', 'locked'],
		['base', "can't be deleted", 'locked', 'locked'],
		['base', 'Synced with an ERP system', 'locked', 'locked'],
		['base', 'unlocks on Friday', 'failed', 'row-refused'],
		['base', 'the block is missing', 'failed', 'row-refused'],
		['invoice_number', 'has already been taken', 'conflict', 'duplicate-invoice'],
		['invoice_number', 'is too long', 'failed', 'row-refused'],
		['origin_id', 'whatever', 'conflict', 'origin-conflict'],
		['code', 'already exists', 'conflict', 'code-taken'],
		['code', 'is too long', 'failed', 'row-refused'],
		['cost_code', 'already exists', 'failed', 'row-refused'],
		['vendor_id', 'must exist', 'failed', 'vendor-missing'],
		['vendor', 'is too long', 'failed', 'row-refused'],
		['state_code', 'is unknown', 'failed', 'bad-state'],
		['base', 'Procore did not acknowledge this row', 'failed', 'not-acknowledged'],
		['name', 'has already been taken', 'failed', 'row-refused'],
		['base', 'Invoice number has already been taken', 'conflict', 'duplicate-invoice'],
		['base', 'Another one with this invoice number exists', 'conflict', 'duplicate-invoice'],
		['base', 'Origin has already been taken', 'conflict', 'origin-conflict'],
		['errors', 'Vendor must exist', 'failed', 'vendor-missing'],
		['base', 'Code has already been taken', 'conflict', 'code-taken'],
		['base', 'Cost code already exists', 'failed', 'row-refused'],
		['base', 'Status is decided by a workflow', 'failed', 'status-refused'],
		['base', 'Line 2 is invalid for this vendor', 'failed', 'row-refused'],
		['id', 'Entity with this ID not found', 'failed', 'not-acknowledged'],
	])('%s: "%s" is %s, %s', (field, message, outcome, code) => {
		const fault = refused({ [field]: [message] });
		expect(fault).toMatchObject({ outcome, reason: { code, httpStatus: 200 } });
		expect(fault?.reason.message).toContain(message);
		expect(fault?.reason.remedy).not.toBe('');
	});

	test('of several complaints the graver one counts; all fields are the cause', () => {
		const fault = refused({ name: ['is too long'], invoice_number: ['is locked', 'is taken'] });
		expect(fault).toMatchObject({
			outcome: 'locked',
			reason: { causeKey: expect.stringContaining('INVOICE_NUMBER NAME') },
		});
	});

	test('is nothing where the row went through, and the call where that failed for it alone', () => {
		expect(faultOf({ row: {} })).toBeUndefined();
		const fault = new ProcoreRequestRefusedError('No', details);
		expect(faultOf({ row: {}, fault, errors: { base: ['is locked'] } })).toEqual({
			outcome: 'failed',
			reason: {
				...{ code: 'procore-request-refused', message: 'No', remedy: 'Do this' },
				...{ requestId: 'q1', httpStatus: 422 },
			},
		});
	});

	test('a call refused for the one row it had says no less', () => {
		const messages = [{ field: 'invoice_number', message: 'has already been taken' }];
		const fault = new ProcoreRequestRefusedError('Refused', { ...details, messages });
		expect(faultOf({ row: {}, fault })).toMatchObject({
			outcome: 'conflict',
			reason: { code: 'duplicate-invoice', message: 'Refused', httpStatus: 422 },
		});
	});

	test('carries the id of the request where Procore gave one', () => {
		const errors = { name: ['is odd'] };
		expect(faultOf({ row: {}, errors, requestId: 'q7' })?.reason.requestId).toBe('q7');
		expect('requestId' in faultOf({ row: {}, errors })!.reason).toBe(false);
	});
});

describe('a call for one record that was refused', () => {
	test('is the fault of that record', () => {
		expect(faultOfRecord(new ProcoreNotFoundError('Not there', details))).toEqual({
			outcome: 'failed',
			reason: {
				...{ code: 'procore-not-found', message: 'Not there', remedy: 'Do this' },
				...{ requestId: 'q1', httpStatus: 422 },
			},
		});
	});

	test('is a locked record where Procore says so, with what to do about that', () => {
		const fault = faultOfRecord(new ProcoreRequestRefusedError('It is locked', details));
		expect(fault).toMatchObject({ outcome: 'locked', reason: { code: 'locked' } });
		expect(fault.reason.remedy).toContain('Unlock it');
	});

	test('of another kind of complaint it stays what it was', () => {
		const error = new ProcoreRequestRefusedError('Procore did not acknowledge it', details);
		expect(faultOfRecord(error)).toMatchObject({
			outcome: 'failed',
			reason: { code: 'procore-request-refused', remedy: 'Do this' },
		});
	});

	test('anything worse is thrown on', () => {
		for (const error of [
			new ProcoreRateLimitedError('Slow', details),
			new ProcoreProjectBlockedError('Off', details),
			new Error('a fault of ours'),
		])
			expect(() => faultOfRecord(error)).toThrow(error);
	});
});

test('a project that is refused stops its own records only', () => {
	const block = new ProcoreProjectBlockedError('Off', details);
	expect(reasonOfError(block)).toEqual({
		...{ code: 'project-blocked', message: 'Off', remedy: 'Do this' },
		...{ requestId: 'q1', httpStatus: 422 },
	});
	expect(isProjectBlock(block)).toBe(true);
	const slow = new ProcoreRateLimitedError('Slow', details);
	expect(reasonOfError(slow).code).toBe('procore-rate-limited');
	expect([isProjectBlock(slow), isProjectBlock(new Error('x'))]).toEqual([false, false]);
});

describe('the outcome of a record', () => {
	test('carries its GP record only while it waits', () => {
		expect(outcomeOf(desired, 'failed', false).record).toEqual({ voucher: '417' });
		expect('record' in outcomeOf(desired, 'created', false)).toBe(false);
		expect('record' in outcomeOf({ ...desired, record: undefined }, 'failed', false)).toBe(false);
	});

	test('shows its lines unless it needed nothing', () => {
		expect(outcomeOf(desired, 'created', false).lines).toEqual([
			{ costCode: '5110', costType: 'M', amount: '1.00', description: 'Rebar' },
			{ costCode: '5120', costType: 'L', amount: '2.00' },
		]);
		for (const none of [
			outcomeOf(desired, 'unchanged', false),
			outcomeOf(desired, 'skipped', false),
			outcomeOf({ ...desired, lines: [] }, 'created', false),
			outcomeOf({ ...desired, lines: undefined }, 'created', false),
		])
			expect('lines' in none).toBe(false);
	});

	test('names the record of Procore as far as it is known', () => {
		expect(outcomeOf(desired, 'created', true, { procoreId: '5' })).toMatchObject({
			dryRun: true,
			procore: { type: 'directCost', id: '5', projectId: '9001' },
		});
		const { projectId: _, ...ofCompany } = desired;
		expect(outcomeOf(ofCompany, 'created', false).procore).toEqual({ type: 'directCost' });
		const billed = { ...desired, commitmentKind: 'subcontract' as const, commitmentId: '77' };
		expect(outcomeOf(billed, 'created', false).procore?.contract).toMatch(/\/77$/);
		expect(partOf(ofCompany, 'updated').procore).toEqual({ type: 'directCost' });
		expect(partOf(desired, 'updated', { procoreId: '5' })).toMatchObject({
			...{ outcome: 'updated', originId: desired.originId },
			procore: { id: '5', projectId: '9001' },
			reason: { code: 'written-in-part' },
		});
	});

	test('tells writes that came before it, the first one first', () => {
		const outcome = outcomeOf(desired, 'created', false);
		expect(withAlso(outcome, [])).toBe(outcome);
		const [one, other] = [partOf(desired, 'created'), partOf(desired, 'updated')];
		expect(withAlso(withAlso(outcome, [other]), [one]).also).toEqual([one, other]);
	});
});

test('a day of payment that is none is no field', () => {
	const header = { status: 'approved', payment_date: '' };
	expect(withoutNoDate(header)).toEqual({ status: 'approved' });
	const paid = { ...header, payment_date: '2026-04-02' };
	expect(withoutNoDate(paid)).toBe(paid);
});
