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
