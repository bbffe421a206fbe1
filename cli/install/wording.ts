import { ConnectorError } from '../../lib/model/connector-error';
import {
	GP_CREDENTIAL,
	PAGE_CREDENTIAL,
	PAGE_CREDENTIAL_NAME,
	PROCORE_CREDENTIAL,
	type Choice,
	type CredentialEntry,
} from '../flow/credentials';
import type { Template } from '../flow/flow';
import type { FlowPlan } from './plan-flow';
import type { TablePlan } from './plan-tables';

/** How credential types are called in n8n, and the flag that names one. */
export const CREDENTIAL_TITLES: Record<string, { title: string; flag: string }> = {
	[GP_CREDENTIAL]: { title: 'Dynamics GP API', flag: '--gp-credential' },
	[PROCORE_CREDENTIAL]: { title: 'Procore OAuth2 API', flag: '--procore-credential' },
	[PAGE_CREDENTIAL]: { title: 'Basic Auth', flag: '--page-credential' },
};

export function credentialChoice(type: string, choice: Choice): string | null {
	const { title, flag } = CREDENTIAL_TITLES[type];
	switch (choice.kind) {
		case 'chosen':
			return `Credential ${title}: "${choice.credential.name}"`;
		case 'several':
			return `Credential ${title}: there are several (${choice.names.join(', ')}); say which with ${flag} "<name>", or choose one in each node`;
		case 'unknown name':
			return `Credential ${title}: there is none named "${choice.name}"`;
		case 'none':
			return type === PAGE_CREDENTIAL
				? `Credential ${title}: none yet. The page and the forms let nobody in until there is one: create a Basic Auth credential named "${PAGE_CREDENTIAL_NAME}" in n8n, then run this again`
				: `Credential ${title}: none yet. Create it in n8n (Credentials → Create), then run this again`;
	}
}

/** One that was named is filled in where none is chosen; what somebody chose in a node stays. */
export const othersStay = (nodes: readonly string[]): string =>
	`  not used in ${count(nodes.length, 'node')} where another one is chosen, which stays: ${nodes.slice(0, 3).join('; ')}${nodes.length > 3 ? ' …' : ''}`;

export const wouldBeOpen = (workflow: string, nodes: readonly string[]): string =>
	`"${workflow}" is not published: ${nodes.join(', ')} would answer anybody without a login. Set Authentication to Basic Auth there and choose the page's credential`;

export function filledIn(filled: ReadonlyArray<{ credential: CredentialEntry }>): string {
	const names = [...new Set(filled.map(({ credential }) => `"${credential.name}"`))];
	return names.length > 0 ? `, credentials ${names.join(' and ')} filled in` : '';
}

export function changedNodes(plan: FlowPlan): string {
	const { changed } = plan;
	if (changed.length === 0) return '';
	const some = changed.slice(0, 4).join(', ');
	const more = changed.length > 4 ? ` and ${changed.length - 4} more` : '';
	return ` (${some}${more})`;
}

export function keptDetails({ kept, contested, putBack }: FlowPlan): string[] {
	const lines: string[] = [];
	if (kept.length > 0) lines.push(`  kept as you have it: ${kept.join('; ')}`);
	if (contested.length > 0)
		lines.push(
			`  this version changed these too, compare with the template: ${contested.join('; ')}`,
		);
	if (putBack.length > 0) lines.push(`  put back: ${putBack.join('; ')}`);
	return lines;
}

export function tableProblems({ definition, wrong, confusable }: TablePlan): string[] {
	return [
		...wrong.map(
			({ name, is, wanted }) =>
				`Table ${definition.name}: column ${name} holds ${is}, ${wanted} is needed. Rename that column in n8n and run this again`,
		),
		...confusable.map(
			(name) =>
				`Table "${name}" has ${definition.name} in its name, and n8n may take one for the other. Rename it`,
		),
	];
}

export const DRAFT_LEFT =
	'  saved as a draft beside your own changes; what n8n runs is as it was. Publish it in n8n, or run this again with --publish';

/** An n8n that can only save and publish in one. */
export function draftRefused(what: string, error: unknown): string {
	if (!(error instanceof ConnectorError)) throw error;
	return `${what}: left as it is, because it holds changes of yours that are not published and this n8n publishes whatever is saved (${error.message})\n  Publish your changes in n8n or throw them away, then run this again; or run it with --publish.`;
}

export function failed(what: string, error: unknown): string {
	if (!(error instanceof ConnectorError)) throw error;
	return `${what}: ${error.message}\n  ${error.remedy}`;
}

export function ending(
	changes: number,
	problems: readonly string[],
	unpublished: readonly Template[],
	options: { dryRun: boolean; publish: boolean },
): string[] {
	const lines = [''];
	if (changes === 0) lines.push('Nothing to do: everything is in place.');
	else if (options.dryRun)
		lines.push(`${count(changes, 'change')} would be made. Nothing was changed.`);
	else lines.push(`Done: ${count(changes, 'change')}.`);
	if (problems.length > 0) lines.push(`${count(problems.length, 'thing')} to look at, see above.`);
	if (unpublished.length > 0 && !options.publish && !options.dryRun) {
		lines.push(
			'Next: open the workflows, try a dry run, then publish them in n8n or run this again with --publish.',
		);
	}
	return lines;
}

export const count = (number: number, thing: string, things = `${thing}s`): string =>
	`${number} ${number === 1 ? thing : things}`;
