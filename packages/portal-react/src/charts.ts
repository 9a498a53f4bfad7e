// Charts, without Backstage. Apart from `ui`, so that a page can load them later.
export * from './components/TimeSeriesChart';
