export interface Config {
  backend: {
    /**
     * Host names and addresses, in addition to those of `backend.baseUrl` and `app.baseUrl`, under
     * which the portal answers: a list, or separated by commas. Requests with another host are
     * rejected with 421, except to health and metrics routes. Ports are ignored.
     */
    allowedHosts?: string[] | string;
  };
}
