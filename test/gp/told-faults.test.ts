import { createGpClient } from '../../lib/gp/gp-client';
import type { GpHttp } from '../../lib/gp/site';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import { fakeClock } from './support/fake-clock';
import { siteFor } from './support/client';

/*
 * No envelope of GP's services is documented. Whatever says of itself that it failed proves nothing, and a list
 * of records that nobody recognises is no empty one.
 */

const vendor = { Key: { Id: 'ACME' }, Name: 'Acme', IsActive: true, ModifiedDate: '2026-05-01' };

async function batch(
	entity: 'vendor' | 'payable',
	answer: (url: string) => unknown,
	profile: Parameters<typeof siteFor>[0] = {},
) {
	const http: GpHttp = {
		request: ({ url }) => {
			const body = answer(url);
			const refused = (body as { status?: unknown } | null)?.status;
			const status = typeof refused === 'number' ? refused : 200;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			return Promise.resolve({ status, headers: {}, body: Buffer.from(text), url });
		},
	};
	const client = createGpClient({
		site: siteFor({ query: { dialect: 'none' }, ...profile }),
		http,
		effects: fakeClock(),
		throttle: { gapMs: 0 },
	});
	return await client.readChanges(entity, {
		watermark: EMPTY_WATERMARK,
		limit: 500,
		cursor: null,
	});
}

async function read(body: unknown) {
	const { records, checkpoint } = await batch('vendor', (url) =>
		/Vendors\(/.test(url) ? { Payload: vendor } : body,
	);
	return { rows: records.length, since: checkpoint.watermark.since, ...checkpoint.completeness! };
}

test.each<[string, unknown, string]>([
	['a negative code', { Status: { Code: -1, Message: 'No rights' }, Payload: [] }, 'No rights'],
	[
		'a code as of HTTP',
		{ Status: { Code: 500, Message: 'Null reference' }, Payload: null },
		'Null',
	],
	['a status number', { StatusCode: 500, Payload: [] }, 'StatusCode: 500'],
	['success that is false', { IsSuccess: false, Payload: [] }, 'IsSuccess: false'],
	['success that is "false"', { Success: 'false', Payload: null }, 'Success: false'],
	['the same as XML', '<R><Success>false</Success><Payload/></R>', 'Success: false'],
	['success in a member', { Status: { Success: false }, Payload: [] }, 'Success: false'],
	['success beside the list', { P: { Vendors: [], Status: { Success: false } } }, 'Success: false'],
	['a mark of errors', { HasErrors: true, Payload: [] }, 'HasErrors: true'],
	['an error code', { d: { ErrorCode: 7, results: [] } }, 'ErrorCode: 7'],
	['a return code', { Payload: [], ReturnCode: -5 }, 'ReturnCode: -5'],
	['a word', { Status: 'Denied', Payload: null }, 'Status: Denied'],
	['errors under a longer name', { ValidationErrors: ['no tenant'], Payload: [] }, 'no tenant'],
	['a message alone', { Payload: [], Message: 'The user is not mapped to GP' }, 'not mapped'],
	['messages', { Payload: [], Messages: [{ Text: 'Access denied' }] }, 'Access denied'],
	['a number of errors', { Payload: [], ErrorCount: 2 }, 'ErrorCount: 2'],
	['a code of HTTP under a good word', { StatusCode: 500, StatusText: 'OK', Payload: [] }, '500'],
	['an error code under a good word', { ErrorCode: 7, Message: 'Success', Payload: [] }, 'Success'],
	[
		'a code of its own without a word',
		{ Code: 1000, Message: 'Rejected', Payload: [] },
		'Rejected',
	],
	['half a success', { Code: 1000, Message: 'Success: no, 3 are left', Payload: [] }, '3 are left'],
	['a company', { Payload: [], Message: 'The company TWO cannot be found' }, 'TWO'],
	['a data source', { Payload: [], Message: 'Data source cannot be found' }, 'source'],
	['a table', { Payload: [], Message: 'Could not find any records in table PM2' }, 'PM2'],
	[
		'records not found for a reason',
		{ Payload: [], Message: 'Records cannot be found. Access denied' },
		'denied',
	],
	['a login', { Payload: [], Message: 'Windows account cannot be found' }, 'Windows'],
	['an error in other letters', { Payload: [], ErrorMessage: 'Ошибка доступа' }, 'Ошибка'],
	['a denial that is none', { Payload: [], ErrorMessage: 'No error, but blocked' }, 'blocked'],
])('no rows beside %s are an error', async (_what, body, says) => {
	await expect(read(body)).rejects.toMatchObject({
		code: 'GP_ERROR_IN_SUCCESS',
		message: expect.stringContaining(says) as string,
	});
});

test.each<[string, unknown]>([
	['a good word', { Status: 'OK', Payload: [] }],
	['a good code', { Status: { Code: 0, Message: 'OK' }, Payload: [] }],
	['a code nobody knows', { Status: 1, Payload: null }],
	['200', { StatusCode: 200, Payload: [] }],
	['404: nothing is there', { StatusCode: 404, Payload: [] }],
	['no errors', { HasErrors: false, ErrorCode: 0, Errors: [], Error: null, Payload: [] }],
	['an error that is none', { Error: { Code: 0, Message: '' }, Payload: [] }],
	['a message of no rows', { Payload: [], Message: 'No records found, 0 errors' }],
	['a message that counts none', { Payload: [], Message: 'Completed. Rows: 0. Errors: 0' }],
	['a message of none in Spanish', { Payload: [], Message: 'Consulta completada sin errores' }],
	['success under a code of its own', { Code: 1000, Message: 'Success', Payload: [] }],
	['the same within', { Status: { Code: 1000, Message: 'Success.' }, Payload: null }],
	['success under a code of return', { ReturnCode: 1, Status: 'OK', Vendors: [] }],
	['records that cannot be found', { Payload: [], Message: 'The records cannot be found.' }],
	['rows that were not found', { Payload: [], Message: 'Could not find any matching rows' }],
	[
		'none for a wish',
		{ Payload: [], Message: 'Done. Vendors that match the filter could not be found' },
	],
	['what was asked for', { Filter: { Status: 'Rejected' }, Payload: [] }],
	['a warning', { Payload: [], Warnings: [{ Message: 'cold start failed once' }] }],
	['a default', { IsDefault: true, Defaults: { Error: false }, Payload: [] }],
	['columns', { Columns: [{ Name: 'VENDORID', Type: 'char' }], Vendors: [] }],
])('no rows beside %s are an empty list', async (_what, body) => {
	expect(await read(body)).toMatchObject({ rows: 0, proven: true });
});

test.each<[string, unknown]>([
	['in an envelope, before', { Payload: [{ Code: 'A', Title: 'Acme' }], Included: [] }],
	['in an envelope, behind', { Links: [], Data: [{ Code: 'A', Title: 'Acme' }] }],
	['under another name', { Payload: { Supplier: [{ Code: 'A', Title: 'Acme' }], Notes: [] } }],
])(
	'records that nobody recognises beside an empty list are not passed over: %s',
	async (_w, body) => {
		await expect(read(body)).rejects.toMatchObject({ code: 'GP_UNEXPECTED_SHAPE' });
	},
);

test.each<[string, unknown]>([
	['in an envelope', { Payload: { Code: 'A', Title: 'Acme', Addresses: [] } }],
	['by itself', { Nummer: 'A', Titel: 'Acme', Distributions: [] }],
])('a record that nobody recognises is no empty list for its empty parts: %s', async (_w, body) => {
	await expect(read(body)).rejects.toMatchObject({ code: 'GP_UNEXPECTED_SHAPE' });
});

test.each<[string, unknown]>([
	['facts of the answer', { Company: 'TWO', Version: '18.3', RequestId: 'x', VendorAddresses: [] }],
	['other facts', { Tenant: 'T', Region: 'west', Vendors: [] }],
])('an empty list beside %s is one', async (_what, body) => {
	expect(await read(body)).toMatchObject({ rows: 0, proven: true });
});

test.each<[string, unknown]>([
	['a list of errors', { Payload: [vendor], Errors: [{ Message: 'row 2 failed' }] }],
	['a mark', { Payload: [vendor], HasErrors: true }],
	['a number', { Payload: [vendor], Failed: 2 }],
	['a count', { Payload: [vendor], ErrorCount: 2 }],
])('rows beside %s are read, are not all, and the watermark stays', async (_what, body) => {
	expect(await read(body)).toMatchObject({
		rows: 1,
		proven: false,
		why: expect.stringContaining('others failed') as string,
		since: null,
	});
});

test.each<[string, unknown]>([
	['an error as OData ends a list with', { value: [vendor], error: { message: 'timed out' } }],
	['success that is false', { Success: false, Payload: [vendor] }],
	[
		'a failure nearer to them than a list of errors',
		{ Errors: [{ Message: 'row 2 failed' }], Payload: { Success: false, Vendors: [vendor] } },
	],
])('rows beside %s are none to go by', async (_what, body) => {
	await expect(read(body)).rejects.toMatchObject({ code: 'GP_ERROR_IN_SUCCESS' });
});

test.each<[string, unknown]>([
	['the text of no error', { ErrorCode: 0, ErrorMessage: 'No error', Payload: [vendor] }],
	[
		'the text of Windows for no error',
		{ ErrorMessage: 'The operation completed successfully.', Payload: [vendor] },
	],
	[
		'a text in other words with the code of no error',
		{ ErrorCode: '0', ErrorText: 'Operación terminada', Payload: [vendor] },
	],
	['a word for none', { ErrorText: 'N/A', HasErrors: 'N', Payload: [vendor] }],
	['an error that is none', { Error: { Code: 0, Message: 'No errors.' }, Payload: [vendor] }],
	['a wish', { ContinueOnError: true, IgnoreErrors: true, Payload: [vendor] }],
])('rows beside %s are all there are', async (_what, body) => {
	expect(await read(body)).toMatchObject({ rows: 1, proven: true });
});

test.each(['Payload', 'Result', 'Response', 'Info'])(
	'what a single record in %s says of itself says nothing of the answer',
	async (wrapper) => {
		const record = { ...vendor, Status: 'Rejected', Errors: ['no tax id'], HasErrors: true };
		expect(await read({ [wrapper]: record })).toMatchObject({ proven: true });
	},
);

test('a state by a number from 0 is looked up where the list has no posted date', async () => {
	const documents = [0, 1, 1, 2].map((TransactionState, index) => ({
		...{ VoucherNumber: String(index), Type: 1, VendorId: 'A', DocumentAmount: 7 },
		...{ IsVoided: false, TransactionState, ModifiedDate: '2026-05-01T10:00:00' },
		...{ PostedDate: TransactionState ? '2026-05-01' : '', Distributions: [] },
	}));
	const { records, faults } = await batch(
		'payable',
		(url) => {
			const number = /Transactions\(1;(\d+)\)/.exec(decodeURIComponent(url))?.[1];
			if (number !== undefined) return { Payload: documents[Number(number)] };
			return {
				Payload: documents.map((one) => ({
					...one,
					PostedDate: undefined,
					Distributions: undefined,
				})),
			};
		},
		{ transactionStates: ['open', 'history'] },
	);
	expect(faults).toBeUndefined();
	expect(records.map(({ key }) => key)).toEqual(['1;1', '1;2', '1;3']);
});

test('one record beside errors is a fault: what is missing of it is not told', async () => {
	const row = {
		...{ VoucherNumber: '1', Type: 1, VendorId: 'A', DocumentAmount: 7, IsVoided: false },
		...{ TransactionState: 'History', ModifiedDate: '2026-05-01T10:00:00' },
	};
	const errors = [{ Message: 'PM30600 is locked' }];
	const { records, faults } = await batch('payable', (url) =>
		/Transactions\(/.test(url)
			? { Payload: { ...row, Distributions: [] }, Errors: errors }
			: { Payload: [row] },
	);
	expect(records).toEqual([]);
	expect(faults!.map(({ key, error }) => `${key} ${error.message}`)).toEqual([
		expect.stringMatching(/^1;1 .*PM30600 is locked/),
	]);
});

test('a text of the rows is never told as an error', async () => {
	const rows = [{ ...vendor, Description: 'Secret error of a row' }];
	const { why } = (await read({ value: rows, HasErrors: true })) as { why?: string };
	expect(why).toContain('HasErrors: true');
	expect(why).not.toContain('Secret');
});

test.each(['403', 'said with 500'])(
	'a document kept from this user (%s) is told, the others go on',
	async (as) => {
		const documents = ['1', '2', '3'].map((VoucherNumber) => ({
			...{ VoucherNumber, Type: 1, VendorId: 'A', DocumentAmount: 7, IsVoided: false },
			...{ TransactionState: 'Open', ModifiedDate: '2026-05-01T10:00:00' },
		}));
		const refusal = { status: as === '403' ? 403 : 500, Message: 'Access is denied.' };
		const { records, faults } = await batch('payable', (url) => {
			const number = /Transactions\(1;(\d+)\)/.exec(decodeURIComponent(url))?.[1];
			if (number === undefined) return { Payload: documents };
			if (number === '2') return refusal;
			return { Payload: { ...documents[Number(number) - 1], Distributions: [] } };
		});
		expect(records.map(({ key }) => key)).toEqual(['1;1', '1;3']);
		expect(faults).toMatchObject([{ key: '1;2', error: { code: 'GP_USER_NOT_ALLOWED' } }]);
	},
);
