import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './client';
import { createContractValidator } from '../../../sandbox/procore/contract/validator';

/** A specification of two operations, so that the rules can be seen without the vendor's file. */
const specification = {
	paths: {
		'/rest/v1.0/things/{id}': {
			get: {
				parameters: [
					{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
					{ name: 'company_id', in: 'query', required: true, schema: { type: 'integer' } },
					{ name: 'filters[created_at]', in: 'query', schema: { type: 'string', format: 'date' } },
					{
						name: 'filters[id][]',
						in: 'query',
						schema: { type: 'array', items: { type: 'integer' } },
					},
					{ $ref: '#/components/parameters/ProcoreCompanyId' },
				],
				responses: { 200: { content: { 'application/json': { schema: thing() } } } },
			},
		},
		'/rest/v1.0/things/sync': {
			patch: {
				parameters: [],
				requestBody: {
					required: true,
					content: {
						'application/json': {
							schema: {
								type: 'object',
								required: ['updates'],
								properties: { updates: { type: 'array', maxItems: 2, items: thing() } },
							},
						},
					},
				},
				responses: { 200: {}, default: {} },
			},
		},
	},
	components: {
		parameters: {
			ProcoreCompanyId: {
				name: 'Procore-Company-Id',
				in: 'header',
				required: true,
				schema: { type: 'integer' },
			},
		},
	},
};

function thing() {
	return {
		type: 'object',
		properties: {
			id: { type: 'integer' },
			status: { type: 'string', enum: ['draft', 'approved'] },
			base_type: { type: 'string', enum: ['materials'] },
			uom: { type: 'string', enum: ['Any value present in the list of units'] },
			date: { type: 'string', format: 'date' },
			amount: { type: 'string', format: 'float' },
			deep: { type: 'object', properties: { id: { 'x-truncated': true }, any: {} } },
			'custom_field_%{definition_id}': { type: 'string' },
		},
	};
}

const folder = mkdtempSync(join(tmpdir(), 'contract-'));
const file = join(folder, 'spec.json');
writeFileSync(file, JSON.stringify(specification));
afterAll(() => rmSync(folder, { recursive: true }));

const validator = createContractValidator(file);
const header = { 'procore-company-id': '562949953442334' };
const get = (query: Record<string, string | string[]>, headers: Record<string, string> = header) =>
	validator.validateRequest('GET', '/rest/v1.0/things/7', query, headers, undefined);
const sync = (body: unknown) =>
	validator.validateRequest('PATCH', '/rest/v1.0/things/sync', {}, header, body);
const answer = (status: number, body: unknown) =>
	validator.validateResponse('GET', '/rest/v1.0/things/7', status, body);

test('a request that fits has no violation', () => {
	expect(get({ company_id: '1', 'filters[id][]': ['1', '2'] })).toEqual([]);
	expect(get({ company_id: '1', 'filters[created_at]': '"2026-01-01...2026-02-01"' })).toEqual([]);
	expect(sync({ updates: [{ id: 1, status: 'draft', uom: 'ea', custom_field_12: 'x' }] })).toEqual(
		[],
	);
});

test('unknown operations, methods and parameters are named', () => {
	expect(validator.validateRequest('GET', '/rest/v1.0/other', {}, header, undefined)).toHaveLength(
		1,
	);
	expect(validator.validateRequest('POST', '/rest/v1.0/things/7', {}, header, {})).toHaveLength(1);
	expect(get({ company_id: '1', status: 'x' })[0]).toContain('unknown query parameter status');
});

test('a missing or malformed parameter or header is named', () => {
	expect(get({})[0]).toContain('company_id is missing');
	expect(get({ company_id: 'one' })[0]).toContain('company_id=one');
	expect(get({ company_id: '1' }, {})[0]).toContain('header Procore-Company-Id is missing');
	expect(get({ company_id: '1', 'filters[created_at]': '01/02/2026' })).toHaveLength(1);
});

test('a body with unknown fields, nulls, wrong types, bad dates or too many rows is refused', () => {
	expect(sync(undefined)[0]).toContain('the body is missing');
	expect(sync({})[0]).toContain('updates');
	expect(sync({ updates: [{ colour: 'red' }] })[0]).toContain('"colour"');
	expect(sync({ updates: [{ status: null }] })).not.toEqual([]);
	expect(sync({ updates: [{ status: 'paid' }] })).not.toEqual([]);
	expect(sync({ updates: [{ id: '1' }] })).not.toEqual([]);
	expect(sync({ updates: [{ date: '2026-13-01' }] })).not.toEqual([]);
	expect(sync({ updates: [{}, {}, {}] })).not.toEqual([]);
});

test('answers may hold nulls and more fields, but no wrong types or undocumented success', () => {
	expect(answer(200, { id: 1, date: null, amount: '10.5', extra: true })).toEqual([]);
	expect(answer(200, { id: '1' })).toHaveLength(1);
	expect(answer(200, { amount: 'much' })).toHaveLength(1);
	expect(answer(201, {})[0]).toContain('status 201 is not documented');
	expect(answer(404, { message: 'Item not found' })).toEqual([]);
	expect(answer(404, { problem: 'x' })[0]).toContain('unknown shape');
});

test('documented behaviour that the specification contradicts is allowed', () => {
	expect(sync({ updates: [{ base_type: 'labor' }] })).toEqual([]);
	expect(sync({ updates: [{ base_type: 'gold' }] })).not.toEqual([]);
});

test('places the specification leaves open are listed', () => {
	answer(200, {});
	expect(validator.openNodes()).toEqual(
		expect.arrayContaining([
			{
				operation: 'GET /rest/v1.0/things/{id}',
				where: 'response 200',
				pointer: '/deep/id',
				why: 'truncated',
			},
			{
				operation: 'GET /rest/v1.0/things/{id}',
				where: 'response 200',
				pointer: '/deep/any',
				why: 'untyped',
			},
		]),
	);
	expect(validator.operations()).toContain('PATCH /rest/v1.0/things/sync');
});

test('the stand-in itself tells what its callers broke, each thing once', async () => {
	const caller = await start({ specification: file });
	await caller.get('/rest/v1.0/me');
	await caller.get('/rest/v1.0/me');
	const { body } = await caller.admin('GET', '/admin/violations');
	expect(body).toEqual(
		expect.arrayContaining(['GET /rest/v1.0/me: no such operation in the specification']),
	);
	expect(new Set(body).size).toBe(body.length);
	caller.standIn.clearTraffic();
	expect(caller.standIn.violations()).toEqual([]);
	await caller.standIn.close();
});
