import { isText, isTrue, ONCE } from './node-parameters';
import type { WorkflowBuilder } from './workflow-builder';

/**
 * What n8n opens to the network is guarded by the page's credential (Basic Auth). Every form and
 * webhook of the templates is put on the canvas here, so that none is published open; a test goes
 * through all templates, and the doctor through what is installed.
 */
const GUARDED = { authentication: 'basicAuth' } as const;

export interface FormField {
	fieldLabel: string;
	fieldType?: 'date' | 'text' | 'textarea' | 'dropdown';
	fieldOptions?: { values: Array<{ option: string }> };
	multiselect?: boolean;
	placeholder?: string;
	requiredField?: boolean;
}

/** A required field whose value is one of `options`. */
export const choice = (fieldLabel: string, options: readonly string[]): FormField => ({
	fieldLabel,
	fieldType: 'dropdown',
	fieldOptions: { values: options.map((option) => ({ option })) },
	requiredField: true,
});

/**
 * A form people open in a browser. n8n checks the login when the form is opened and when it is sent.
 * @param webhookId last part of its address, e.g. `gpp-sync-form`
 */
export function addForm(
	flow: WorkflowBuilder,
	name: string,
	position: [number, number],
	form: {
		webhookId: string;
		title: string;
		description: string;
		fields: FormField[];
		button: string;
	},
): void {
	flow.node(
		name,
		'n8n-nodes-base.formTrigger',
		2.2,
		position,
		{
			...GUARDED,
			formTitle: form.title,
			formDescription: form.description,
			formFields: { values: form.fields },
			options: { appendAttribution: false, buttonLabel: form.button },
		},
		{ webhookId: form.webhookId },
	);
}

/** An address that programs and pages call; what follows answers with *Respond to Webhook*. */
export function addWebhook(
	flow: WorkflowBuilder,
	name: string,
	position: [number, number],
	webhook: { webhookId: string; method: 'GET' | 'POST'; path: string },
): void {
	flow.node(
		name,
		'n8n-nodes-base.webhook',
		2.1,
		position,
		{
			...GUARDED,
			httpMethod: webhook.method,
			path: webhook.path,
			responseMode: 'responseNode',
			options: {},
		},
		{ webhookId: webhook.webhookId },
	);
}

/**
 * A second page of a form: what was sent counts only when its button is pressed. A foreign site can
 * send a form for somebody who is logged in, but it can neither read the address of this page nor
 * guess it: n8n puts a random token of the execution into it. Whoever does not press within an hour
 * has asked for nothing. Runs that began otherwise than by the form go straight on.
 *
 * @returns the nodes, to be drawn in one group with `from`
 */
export function addConfirmation(
	flow: WorkflowBuilder,
	name: string,
	[x, y]: [number, number],
	page: {
		/** The node all ways to start lead to, which gives `by_form`, and the one to go on with. */
		from: string;
		to: string;
		/** What a press does; may be an expression on the item of `from`. */
		description: string;
		button: string;
	},
): string[] {
	const byForm = `${name}: by form?`;
	flow.node(byForm, 'n8n-nodes-base.if', 2.2, [x, y], isTrue('={{ $json.by_form }}'), ONCE);
	const pressed = addButtonPage(flow, name, [x + 200, y - 80], page);
	flow.chain(page.from, byForm, name).link(byForm, page.to, 1).link(pressed, page.to);
	return [byForm, name, pressed];
}

/**
 * n8n lets other sites show its forms within a page of theirs, where a press can be stolen from somebody
 * who does not see what he presses. A list that has to be opened first is drawn by the browser itself,
 * above everything, and so says what is going to happen.
 */
const YOUR_WISH = 'Is this what you want?';

/** Where a form breaks off, n8n itself answers, and its sentence says neither why nor what to do. */
const BROKEN_OFF =
	'Should it end with “Problem submitting response”: why, and what to do, stands on the page under Alerts, and in n8n in the failed execution of this workflow.';

/**
 * A page on the way of a form on which somebody has to press a button within an hour: else nothing
 * that comes after it happens.
 *
 * @returns the node whose first output is the way on
 */
export function addButtonPage(
	flow: WorkflowBuilder,
	name: string,
	[x, y]: [number, number],
	page: { description: string; button: string },
): string {
	const pressed = `${name}: pressed?`;
	flow
		.node(name, 'n8n-nodes-base.form', 1, [x, y], {
			operation: 'page',
			defineForm: 'fields',
			formFields: {
				values: [
					{ fieldType: 'hiddenField', fieldName: 'pressed', fieldValue: 'yes' },
					choice(YOUR_WISH, [`Yes: ${page.button.toLowerCase()}`]),
				],
			},
			// After that n8n goes on with what came in, which holds no `pressed`.
			limitWaitTime: true,
			limitType: 'afterTimeInterval',
			resumeAmount: 1,
			resumeUnit: 'hours',
			options: {
				formTitle: name,
				formDescription: `${page.description} If you did not ask for this, close the page: nothing happens. ${BROKEN_OFF}`,
				buttonLabel: page.button,
			},
		})
		.node(pressed, 'n8n-nodes-base.if', 2.2, [x + 200, y], isText('={{ $json.pressed }}', 'yes'))
		.link(name, pressed);
	return pressed;
}
