import { shippedTemplate } from '../harness/shipped-template';

/** Nodes that are not made to fail, and why. */
const LEFT_OUT: Record<string, string> = {
	'n8n-nodes-base.stickyNote': 'never runs',
	'n8n-nodes-base.scheduleTrigger':
		'no run has begun when the clock fails: there is nothing to retry',
	'n8n-nodes-base.manualTrigger': 'the same of the button',
	'n8n-nodes-base.formTrigger': 'the same of the form',
};

/** Every node of the shipped sync that may fail in a run. */
export const NODES: string[] = shippedTemplate('sync')
	.nodes.filter(({ type }) => !(type in LEFT_OUT))
	// The second page of the form comes before any run, as the form does.
	.filter(({ name }) => !name.startsWith('Really start?'))
	// The last page of the form comes behind a run that is closed and has given its lease back: these only read.
	.filter(({ name }) => !['What it did', 'Sum up', 'Run shown'].includes(name))
	.map(({ name }) => name);
