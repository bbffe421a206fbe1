import { pageExcerptOf as excerptOf } from '../../lib/model/foreign-text';
import { rememberSecret } from '../../lib/model/redact';
import { readErrorBody, summarise } from '../../lib/procore/errors/procore-errors';
import { errorFromAnswer, errorFromSilence } from '../../lib/procore/errors/from-answer';
import { reply } from './support/fake-procore';

const said = (body: unknown) => summarise(readErrorBody(body));

describe('every error body Procore sends is understood', () => {
	test.each<[string, unknown, string]>([
		[
			'a list of texts',
			{ errors: ['App is not connected to this company.'] },
			'App is not connected to this company.',
		],
		[
			'messages by field',
			{ errors: { assignees: ['required'], name: ["can't be blank", 'is too short'] } },
			"assignees: required; name: can't be blank; name: is too short",
		],
		['one text', { errors: 'The access token is invalid' }, 'The access token is invalid'],
		['an error object', { error: { code: 'CONFLICT', message: 'Being updated' } }, 'Being updated'],
		[
			'an error object with details',
			{
				error: {
					code: 'INVALID',
					message: 'Bad',
					details: [{ reason_code: 'X', message: 'is wrong', source: 'vendor_id' }],
				},
			},
			'Bad; vendor_id: is wrong',
		],
		[
			'details only',
			{ error: { code: 'INVALID', details: [{ code: 'BLANK', source: { pointer: '/name' } }] } },
			'/name: BLANK',
		],
		['error as text', { error: 'Forbidden' }, 'Forbidden'],
		['message', { message: 'Item not found' }, 'Item not found'],
		['message and error', { message: 'Not found', error: 'missing' }, 'missing; Not found'],
		[
			'code, message, fields, reason',
			{ code: 'E1', message: 'Invalid', fields: { code: ['taken'] }, reason: 'duplicate' },
			'Invalid; code: taken; duplicate',
		],
		[
			'OAuth',
			{ error: 'invalid_grant', error_description: 'The refresh token was used' },
			'The refresh token was used',
		],
		['HTML', '<html><style>p{}</style><h1>502 Bad Gateway</h1></html>', '502 Bad Gateway'],
		[
			'nested field messages',
			{ errors: { line_items: [{ errors: { amount: ['is wrong'] } }] } },
			'line_items.amount: is wrong',
		],
		['an unknown shape', { foo: 1 }, '{"foo":1}'],
		['nothing', undefined, ''],
	])('%s', (_name, body, expected) => expect(said(body)).toBe(expected));

	test('never throws, whatever comes', () => {
		for (const body of [
			null,
			0,
			true,
			[],
			[[]],
			{ errors: null },
			{ errors: [null, 1] },
			{ error: [] },
			{ error: { details: 'x' } },
		]) {
			expect(() => said(body)).not.toThrow();
		}
	});
});

describe('each status becomes one class that knows its scope and remedy', () => {
	const context = { what: 'write vendors', address: 'https://api.example/rest/v1.0/vendors/sync' };
	const project = { ...context, projectId: '9001' };
	test.each<[string, number, unknown, object, string, string, RegExp]>([
		[
			'a refused login',
			401,
			{ errors: 'The access token is invalid' },
			context,
			'procore-login-refused',
			'transport',
			/"Procore OAuth2 API" credential/,
		],
		[
			'an app not installed',
			403,
			{ errors: ['App is not connected to this company.'] },
			project,
			'procore-company-blocked',
			'configuration',
			/App Management/,
		],
		[
			'a company permission',
			403,
			{ errors: ['no'] },
			context,
			'procore-company-blocked',
			'configuration',
			/Directory/,
		],
		[
			'a project permission',
			403,
			{ errors: ['no'] },
			project,
			'procore-project-blocked',
			'project',
			/Direct Costs tool.*permitted projects/,
		],
		[
			'an unknown project',
			404,
			{ message: 'Item not found' },
			project,
			'procore-project-blocked',
			'project',
			/DMSA/,
		],
		[
			'an unknown company',
			404,
			{ message: 'Item not found' },
			context,
			'procore-company-blocked',
			'configuration',
			/company id/,
		],
		[
			'an unknown record',
			404,
			{ message: 'Item not found' },
			{ ...project, oneRecord: true },
			'procore-not-found',
			'record',
			/id/,
		],
		['an overlapping write', 409, '', project, 'procore-conflict', 'record', /again/],
		['too many rows', 413, '', context, 'procore-too-large', 'record', /batch size/],
		['the limit', 429, '', context, 'procore-rate-limited', 'transport', /quota/],
		[
			'a fault of the server',
			502,
			'<h1>Bad gateway</h1>',
			context,
			'procore-server-fault',
			'transport',
			/retry/,
		],
		[
			'a refused request',
			422,
			{ errors: { name: ["can't be blank"] } },
			context,
			'procore-request-refused',
			'record',
			/fields/,
		],
	])('%s', (_name, status, body, where, code, scope, remedy) => {
		const error = errorFromAnswer(reply(status, body), where as typeof context);
		expect(error).toMatchObject({
			code,
			scope,
			details: { httpStatus: status, requestId: 'request-1' },
		});
		expect(error.remedy).toMatch(remedy);
		expect(error.message).toContain('write vendors');
	});

	test('silence names the reason of the network, also when it is nested', () => {
		const error = errorFromSilence(
			Object.assign(new Error('fetch failed'), { cause: { code: 'ENOTFOUND' } }),
			context,
		);
		expect(error.message).toMatch(/name is not known \(ENOTFOUND\)/);
		expect(error.retryable).toBe(true);
	});
});

test('nothing token-like survives in an excerpt', () => {
	expect(
		excerptOf('{"access_token":"abc.def","x":1} Bearer SECRET client_secret=hush'),
	).not.toMatch(/abc|SECRET|hush/);
});

test('a server that repeats what it was sent tells no login', () => {
	const sent =
		'Authorization: Bearer eyJhbGciOiJub25lIn0.eyJqdGkiOjF9.c2ln, client_secret=hush&x=1';
	for (const body of [
		{ errors: { description: [`cannot be read (${sent})`] } },
		{ errors: [{ errors: sent }] },
		{ error: { message: sent, details: [{ message: sent }] } },
		{ message: sent },
		`<p>${sent}</p>`,
	]) {
		expect(said(body)).toContain('[hidden]');
		expect(said(body)).not.toMatch(/eyJhbG|hush/);
	}
});

test('nor does the id of the request, which whoever answers may write', () => {
	rememberSecret('Ws3cretPa55');
	const headers = { 'x-request-id': `Ws3cret%50a55 ${'z'.repeat(9_000)}` };
	const context = { what: 'write vendors', address: 'https://api.test' };
	const { details } = errorFromAnswer({ status: 422, headers, body: '' }, context);
	expect(details.requestId).toMatch(/^\[hidden\] z{80,}$/);
	expect(details.requestId!.length).toBe(100);
});
