import { pageCredentialInUse } from '../../cli/flow/credentials';
import type { FlowNode } from '../../cli/flow/flow';
import { unguardedNodes } from '../../cli/flow/guards';
import { planFlow } from '../../cli/install/plan-flow';
import { readShipped } from '../../cli/shipped/shipped';
import { asInstalled, change, node } from './samples';

const { templates, releases } = readShipped();
const PAGE = { id: 'b-1', name: 'Whatever they called it', type: 'httpBasicAuth' };
const FORMS = {
	'gpp-sync': 'Run with options',
	'gpp-setup': 'Set up with options',
	'gpp-reconcile': 'Reconcile with options',
};

/** The form as an n8n may hold it that was set up from 0.2.0. */
const LEFT_OPEN: Record<string, (form: FlowNode) => void> = {
	'left out, as 0.2.0 shipped it': (form) => delete form.parameters.authentication,
	'written out as "none"': (form) => (form.parameters.authentication = 'none'),
};

describe.each(Object.entries(LEFT_OPEN))('authentication %s', (_how, open) => {
	test.each(Object.entries(FORMS))('%s is guarded by an upgrade', (id, form) => {
		const template = templates.find((one) => one.id === id)!;
		const before = change(asInstalled(template, 'W1'), (flow) => open(node(flow, form)));
		expect(unguardedNodes(before.nodes)).toEqual([form]);
		const { flow, kept } = planFlow(template, before, {
			ids: new Map([[id, 'W1']]),
			chosen: new Map([['httpBasicAuth', PAGE]]),
			existing: new Set([PAGE.id]),
			releases: releases[id] ?? [],
		});
		expect(unguardedNodes(flow.nodes)).toEqual([]);
		expect(node(flow, form).credentials).toEqual({
			httpBasicAuth: { id: PAGE.id, name: PAGE.name },
		});
		expect(kept.filter((line) => line.includes('authentication'))).toEqual([]);
	});
});

test('another way to log in that somebody chose for a form stays', () => {
	const template = templates.find(({ id }) => id === 'gpp-sync')!;
	const name = FORMS['gpp-sync'];
	const before = change(
		asInstalled(template, 'W1'),
		(flow) => (node(flow, name).parameters.authentication = 'n8nUserAuth'),
	);
	const { flow } = planFlow(template, before, {
		ids: new Map(),
		chosen: new Map(),
		existing: new Set(),
		releases: releases['gpp-sync'] ?? [],
	});
	expect(node(flow, name).parameters.authentication).toBe('n8nUserAuth');
});

test('the login that the page has already is taken for the forms, whatever its name', () => {
	const dashboard = templates.find(({ id }) => id === 'gpp-dashboard')!;
	const other = { ...PAGE, id: 'b-2', name: 'Another' };
	const using = (...ids: string[]) =>
		change(asInstalled(dashboard, 'D1'), (flow) =>
			['Page opened', 'Replay pressed'].forEach((name, index) => {
				if (ids[index]) node(flow, name).credentials = { httpBasicAuth: { id: ids[index], name } };
			}),
		);
	const found = (...ids: string[]) => pageCredentialInUse([using(...ids)], [PAGE, other]);
	expect(found('b-1', 'b-1')).toEqual(PAGE);
	expect(found('b-1')).toEqual(PAGE);
	expect(found('b-1', 'b-2')).toBeNull();
	expect(found('is gone')).toBeNull();
	expect(found()).toBeNull();
});

test('a form of version 1 is open whatever it says, a switched-off one is not', () => {
	const form: FlowNode = {
		id: 'f',
		name: 'Form',
		type: 'n8n-nodes-base.formTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: 'basicAuth' },
	};
	expect(unguardedNodes([form])).toEqual(['Form']);
	expect(unguardedNodes([{ ...form, typeVersion: 2 }])).toEqual([]);
	expect(unguardedNodes([{ ...form, disabled: true }])).toEqual([]);
});
