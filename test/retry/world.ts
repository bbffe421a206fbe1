import type { AuditReport } from '../../sandbox/start/audit-check';
import type { FinalState } from './final-state';

export type Row = Record<string, unknown>;
/** Every column equals its value. */
export type Match = Record<string, string>;

/** A node that fails when it is come by for the n-th time, from 1, before it does anything. */
export interface Failure {
	node: string;
	visit: number;
}

/** An execution that has ended, and what n8n's Retry makes of it. */
export interface Attempt {
	/** Why it failed; blank when it did not. */
	error: string;
	retry(): Promise<Attempt>;
}

/** Both stand-ins, the tables and the shipped sync: in n8n's engine in this process, or in a real n8n. */
export interface RetryWorld {
	rows<One = Row>(table: string): Promise<One[]>;
	insert(table: string, rows: Row[]): Promise<void>;
	update(table: string, match: Match, cells: Row): Promise<void>;
	remove(table: string, match: Match): Promise<void>;
	/** Changes settings of a node of the workflow for the rest of the scenario; returns what they were. */
	settings(node: string, parameters: Row): Promise<Row>;
	/** Host of the GP server, with its port. */
	gpServer(): string;
	/** Documents of GP, as `{type};{voucher}`. */
	documents(): Promise<string[]>;
	/** From now on GP's answers to requests whose address contains one of these are broken. */
	breakGp(addresses: string[]): Promise<void>;
	/** Ids of Procore's projects by their number. */
	projects(): Promise<Record<string, string>>;

	/** From now on these nodes fail, each once. */
	fail(failures: Failure[]): void;
	/** Those that were not come by so far. */
	awaited(): Failure[];
	/** Names of the nodes that ran since they were last asked for, in order. */
	ran(): string[];
	/** Starts a run and waits for its end. */
	run(): Promise<Attempt>;
	/** A run that is killed, with all of n8n, when it comes by a node for the n-th time. */
	runKilledAt(failure: Failure): Promise<void>;
	finalState(): Promise<FinalState>;
	/** Each write to Procore against its event. */
	audit(): Promise<AuditReport>;
}
