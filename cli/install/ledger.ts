import type { InstallOptions } from './install';

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
