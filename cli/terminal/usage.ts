export const USAGE = `npx n8n-nodes-dynamics-gp-procore <command> [options]

Commands
  install    put the workflows and data tables of this package into an n8n, or bring them up to date
  doctor     look at everything and say what is wrong and what to do

Both ask for what is missing:
  --url <address>              n8n's address, e.g. https://n8n.example.com   (or N8N_URL)
  --api-key <key>              key from n8n, Settings → n8n API              (or N8N_API_KEY)
                               Leave it out to be asked: then it stays out of the shell's history.

install
  --dry-run                    show what would be done and do nothing
  --publish                    publish the workflows, so that schedules, forms and the page listen
  --sql-source                 also the workflow that reads GP by SQL, for the door "rows of another workflow"
  --gp-credential <name>       which Dynamics GP API credential, when there are several
  --procore-credential <name>  which Procore OAuth2 API credential, when there are several
  --page-credential <name>     Basic Auth credential that guards the dashboard
  --project <id>               n8n project for new workflows and tables

doctor
  --json                       one JSON object instead of lines

Exit codes: 0 all well, 1 something is broken or was not done, 2 the command was not understood.
GPP_STACK=1 shows where a fault of this tool itself happened.
`;
