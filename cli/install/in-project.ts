import { N8nRefusedError } from '../errors';

/** An n8n that cannot be told a project puts it where the key's owner works; one that was named must be. */
export async function inProject<T>(
	project: string | undefined,
	{ projectId: named }: { projectId?: string },
	make: (project?: string) => Promise<T>,
): Promise<T> {
	try {
		return await make(project);
	} catch (error) {
		const refused = error instanceof N8nRefusedError && error.status === 400;
		if (!refused || project === undefined || named !== undefined) throw error;
		return await make();
	}
}
