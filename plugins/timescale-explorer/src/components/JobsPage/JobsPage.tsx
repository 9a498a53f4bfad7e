import type { Job } from '@homelab/plugin-timescale-explorer-common';
import { Notice, Panel, StateMessage } from '@homelab/portal-react';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import JobIcon from '@mui/icons-material/ScheduleOutlined';
import { DatabaseView, ViewHead } from '../DatabaseView';
import { describeJobs } from './describeJobs';
import { JobTable } from './JobTable';

/** The jobs of TimescaleDB and of pg_cron side by side. */
export function JobsPage() {
  return (
    <DatabaseView
      title="Jobs"
      what="the jobs"
      path={['jobs']}
      ask={(api, database, signal) => api.getJobs(database, { signal })}
    >
      {shown => {
        const { jobs, notes } = shown.answer;
        const { severity, text } = describeJobs(jobs);
        return (
          <>
            <ViewHead shown={shown} tone={severity} sentence={text} />
            {notes.map(note => (
              <Notice key={note} icon={<InfoIcon aria-hidden />} title="Note:">
                {note}
              </Notice>
            ))}
            <Jobs jobs={jobs} nowMs={shown.polled.nowMs} />
          </>
        );
      }}
    </DatabaseView>
  );
}

function Jobs(props: { jobs: readonly Job[]; nowMs: number }) {
  return (
    <Panel aria-label="Jobs">
      {props.jobs.length === 0 ? (
        <StateMessage icon={JobIcon} title="No jobs yet">
          Policies of TimescaleDB and jobs of pg_cron appear here with their
          runs.
        </StateMessage>
      ) : (
        <JobTable {...props} />
      )}
    </Panel>
  );
}
