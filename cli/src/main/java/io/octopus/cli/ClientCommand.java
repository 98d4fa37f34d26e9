package io.octopus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code octopus client}: the machines that run tasks. */
@Command(
    name = "client",
    description = "Lists clients, drains and resumes them.",
    mixinStandardHelpOptions = true)
final class ClientCommand {
  @Command(description = "Lists clients.", mixinStandardHelpOptions = true)
  int list(@Mixin ApiOptions api, @Mixin PageOptions page) {
    return api.showList(
        api.client().get(page.addTo(Query.of("clients")).toString()),
        "name",
        "status",
        "why",
        "host",
        "os",
        "busy",
        "slots",
        "draining",
        "last_seen");
  }

  @Command(description = "Shows a client.", mixinStandardHelpOptions = true)
  int show(@Mixin ApiOptions api, @Parameters(paramLabel = "CLIENT") String name) {
    return api.show(api.client().get(Query.path("clients", name)));
  }

  @Command(description = "Gives it no new work.", mixinStandardHelpOptions = true)
  int drain(@Mixin ApiOptions api, @Parameters(paramLabel = "CLIENT") String name) {
    return api.done(api.client().post(Query.path("clients", name, "drain")), "Draining " + name);
  }

  @Command(description = "Gives it work again.", mixinStandardHelpOptions = true)
  int resume(@Mixin ApiOptions api, @Parameters(paramLabel = "CLIENT") String name) {
    return api.done(api.client().post(Query.path("clients", name, "resume")), "Resumed " + name);
  }

  @Command(description = "Forgets an Offline client.", mixinStandardHelpOptions = true)
  int forget(@Mixin ApiOptions api, @Parameters(paramLabel = "CLIENT") String name) {
    api.client().delete(Query.path("clients", name));
    return api.done(JsonNodeFactory.instance.missingNode(), "Forgot " + name);
  }
}
