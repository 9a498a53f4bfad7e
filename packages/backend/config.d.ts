export interface Config {
  backend: {
    /**
     * Names and addresses, besides those of `backend.baseUrl` and `app.baseUrl`, under which
     * the portal answers: a list, or separated by commas. Requests that name another host are
     * refused with 421, except health and metrics routes. Ports do not matter.
     */
    allowedHosts?: string[] | string;
  };
}
