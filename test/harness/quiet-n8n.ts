// Read by n8n-core's logger when it is loaded, so this comes first.
process.env.N8N_LOG_LEVEL ??= 'silent';
