import { errorText } from '../n8n/executions';
import type { Session } from './session';

/** Trigger of the setup template that a person presses. */
const SET_UP_NOW = 'Set up now';

export interface Finding {
	subject: string;
	status: string;
	found: string;
	coverage: string;
}

/** Runs setup and accepts what it proposes, as somebody does in the table; what it found is given back. */
export async function acceptFindings(session: Session): Promise<Finding[]> {
	const { workflows, executions, tables } = session.n8n;
	const id = await workflows.run(session.workflows['gpp-setup'], SET_UP_NOW);
	const error = errorText(await executions.wait(id));
	if (error) throw new Error(`Setup failed: ${error}`);
	const company = { gp_company: session.company.databaseId };
	await tables.update('gpp_finding', { ...company, status: 'proposed' }, { status: 'accepted' });
	return await tables.rows<Finding>('gpp_finding', company);
}
