import { WorkflowExecute } from 'n8n-core';

type RunNode = WorkflowExecute['runNode'];

/** How an execution of n8n's engine in this process is disturbed. */
export interface Disturbance {
	/** Which node to disturb: by name, which time it runs (several: each once), or the n-th node execution of all; from 1. */
	at: string | Array<{ node: string; visit: number }> | number;
	/** Nothing is disturbed before this node ran. */
	after?: string;
	/** `fail`: the node throws before doing anything. `kill`: nothing of n8n goes on from there. */
	how: 'fail' | 'kill';
}

/**
 * Disturbs the engine once. A kill leaves every execution hanging where it is, as a process that is
 * gone does: what was begun stays begun, and nobody hears of it.
 */
export class Interruptions {
	/** Node executions so far. */
	count = 0;
	/** Names of the nodes executed so far. */
	readonly nodes: string[] = [];
	/** Resolves when the kill has come. */
	readonly killed: Promise<void>;
	private killing = false;
	/** Nodes not come by so far, each with the visit at which it is disturbed, counted down. */
	readonly awaited: Array<{ node: string; visit: number }>;
	private resolveKilled = () => {};
	private readonly original: RunNode = WorkflowExecute.prototype.runNode;

	constructor(disturbance?: Disturbance) {
		const { at } = disturbance ?? {};
		this.awaited =
			typeof at === 'string'
				? [{ node: at, visit: 1 }]
				: structuredClone(Array.isArray(at) ? at : []);
		this.killed = new Promise((resolve) => (this.resolveKilled = resolve));
		// eslint-disable-next-line @typescript-eslint/no-this-alias
		const self = this;
		WorkflowExecute.prototype.runNode = async function (this: WorkflowExecute, ...args) {
			const name = args[1].node.name;
			self.count++;
			self.nodes.push(name);
			const isDue = disturbance?.after === undefined || self.nodes.includes(disturbance.after);
			const hit = (isDue && self.met(name)) || self.count === at;
			self.killing ||= hit && disturbance?.how === 'kill';
			if (self.killing) {
				self.resolveKilled();
				return await new Promise<never>(() => {});
			}
			if (hit) throw new Error(`Made to fail: ${name}`);
			return await self.original.apply(this, args);
		};
	}

	private met(name: string): boolean {
		const index = this.awaited.findIndex(({ node }) => node === name);
		if (index < 0 || --this.awaited[index].visit > 0) return false;
		this.awaited.splice(index, 1);
		return true;
	}

	end(): void {
		WorkflowExecute.prototype.runNode = this.original;
	}
}
