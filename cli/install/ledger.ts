export interface InstallOptions {
	/** Show what would be done and do nothing. */
	dryRun: boolean;
	/** Publish the workflows, so that schedules, forms and the page listen. */
	publish: boolean;
	/** Names (or ids) of credentials, by type, where the only one there is is not the one. */
	credentials: Readonly<Record<string, string | undefined>>;
	/** Ids of optional templates to put in as well. */
	wanted?: readonly string[];
	/** n8n project for new workflows and tables; absent = the key's owner's personal one. */
	projectId?: string;
	tell(line: string): void;
	/** Asks for the login that guards the page and the forms, when there is none yet; null: later. */
	askPageLogin?(): Promise<{ user: string; password: string } | null>;
}

/** What an installation did, or would do, and what somebody has to look at. */
export class Ledger {
	changes = 0;
	readonly problems: string[] = [];

	constructor(private readonly options: Pick<InstallOptions, 'dryRun' | 'tell'>) {}

	async change(line: string, act: () => Promise<void>): Promise<void> {
		if (!this.options.dryRun) await act();
		this.changes++;
		this.options.tell(this.options.dryRun ? `would do: ${line}` : line);
	}

	tell(line: string): void {
		this.options.tell(line);
	}

	problem(line: string): void {
		this.problems.push(line);
		this.options.tell(line);
	}
}
