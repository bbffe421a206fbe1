import { SANDBOX_OWNER } from '../n8n/start-n8n';
import type { Finding } from './accept-findings';
import { SANDBOX_PAGE, type Session } from './session';
import type { StreamCounts, SyncRun } from './sync-run';

/** One run in plain words. */
export function describeSync({ summary, books, writeRequests, error }: SyncRun): string {
	const lines = [
		`${summary.executionStatus === 'success' ? 'The sync ran' : `The sync ended with status "${summary.executionStatus}"`} in ${summary.seconds} s and made ${writeRequests} write requests to Procore.`,
		`  vendors        ${counts(summary.vendors)}`,
		`  cost codes     ${counts(summary.costCodes)}`,
		`  direct costs   ${counts(summary.directCosts)}`,
		`  parked         ${summary.parked} waiting for a decision (table gpp_parked says why)`,
		`  GP holds ${summary.gpTotal} of posted cost, Procore ${summary.procoreTotal}; of the difference of ${summary.difference}`,
		`  ${books.explained} is explained by parked and left-out documents, ${summary.unexplained} is unexplained.`,
	];
	if (books.suspects.length > 0) lines.push(`  Look at: ${books.suspects.slice(0, 10).join(', ')}`);
	if (error) lines.push('', error);
	return lines.join('\n');
}

/** What setup found, a line each. */
export function describeFindings(findings: readonly Finding[]): string {
	return findings
		.map(
			({ status, found, coverage }) =>
				`  ${status.padEnd(10)} ${found}${coverage && ` (${coverage})`}`,
		)
		.join('\n');
}

/** Where to look and how to sign in. */
export async function describePlaces(session: Session): Promise<string> {
	const { n8n, gp, procore, workflowId } = session;
	return [
		'Where to look:',
		`  The page         ${n8n.url}/webhook/gpp-dashboard   (user ${SANDBOX_PAGE.user}, password ${SANDBOX_PAGE.password})`,
		`  The workflows    ${n8n.url}/home/workflows`,
		`  The sync         ${n8n.url}/workflow/${workflowId}`,
		`  Its runs         ${n8n.url}/workflow/${workflowId}/executions`,
		`  Data tables      ${n8n.url}/home/datatables`,
		`  Dynamics GP      ${gp.adminUrl}/   (post a voucher, change a vendor, add an invoice)`,
		`  Procore          ${procore.adminUrl}/   (projects and their direct costs)`,
		'',
		`Sign in to n8n with ${SANDBOX_OWNER.email} and the password ${SANDBOX_OWNER.password}`,
		'(a sandbox that only this computer can reach).',
		'',
		'The workflows are published: the sync also runs every hour by itself.',
		'Change something in GP, start the sync (the arrow beside "Execute workflow": Run now) and see it arrive.',
		'Ctrl-C stops everything.',
	].join('\n');
}

function counts({ created, updated, unchanged, adopted, failed }: StreamCounts): string {
	return `${created} created, ${updated} updated, ${unchanged} unchanged, ${adopted} adopted, ${failed} failed`;
}
