import { ServerCircuit } from './circuit';
import { ServerLimiter } from './limiter';

/** What all clients of this process share about one server. */
export interface ServerState {
	limiter: ServerLimiter;
	circuit: ServerCircuit;
}

const servers = new Map<string, ServerState>();

export function serverState(origin: string): ServerState {
	let state = servers.get(origin);
	if (!state)
		servers.set(origin, (state = { limiter: new ServerLimiter(), circuit: new ServerCircuit() }));
	return state;
}
