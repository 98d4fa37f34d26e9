package io.octopus.plugin.host;

import io.octopus.plugin.api.Action;
import io.octopus.plugin.api.ActionContext;
import io.octopus.plugin.api.Parameter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A method of a plugin that tasks can run. */
record ActionMethod(String name, Method method, List<ActionMethod.Slot> slots) {

  /**
   * One parameter of the method.
   *
   * @param type what an argument is converted to
   * @param defaultText missing when there is none
   */
  record Slot(String name, Type type, Kind kind, @Nullable String defaultText) {

    boolean isText() {
      return type.equals(String.class);
    }

    private String words() {
      var typeName = simple(type.getTypeName());
      return switch (kind) {
        case CONTEXT -> "";
        case REST -> typeName + "... " + name;
        case OPTIONAL -> "Optional<" + typeName + "> " + name;
        case PLAIN ->
            typeName
                + " "
                + name
                + (defaultText == null ? "" : " = " + DefaultText.read(defaultText, isText()));
      };
    }

    private static String simple(String typeName) {
      return typeName.replaceAll("[\\w$]+\\.", "");
    }
  }

  /** How a parameter gets its value. */
  enum Kind {
    PLAIN,
    OPTIONAL,
    REST,
    CONTEXT
  }

  /** The actions of a class, those that it inherits too; its own go first. */
  static List<ActionMethod> of(Class<?> plugin) {
    Map<String, ActionMethod> actions = new LinkedHashMap<>();
    for (Class<?> type = plugin; type != null; type = type.getSuperclass()) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
          .filter(method -> method.isAnnotationPresent(Action.class))
          .map(ActionMethod::of)
          .forEach(action -> actions.putIfAbsent(action.name(), action));
    }
    return List.copyOf(actions.values());
  }

  private static ActionMethod of(Method method) {
    var given = method.getAnnotation(Action.class).name();
    method.setAccessible(true);
    return new ActionMethod(
        given.isEmpty() ? method.getName() : given,
        method,
        Arrays.stream(method.getParameters()).map(ActionMethod::slot).toList());
  }

  private static Slot slot(java.lang.reflect.Parameter parameter) {
    var said = parameter.getAnnotation(Parameter.class);
    var name = said == null || said.name().isEmpty() ? parameter.getName() : said.name();
    var text =
        said == null || said.defaultValue().equals(Parameter.REQUIRED) ? null : said.defaultValue();
    var type = parameter.getParameterizedType();
    if (type.equals(ActionContext.class)) {
      return new Slot(name, type, Kind.CONTEXT, null);
    }
    if (parameter.isVarArgs()) {
      return new Slot(name, parameter.getType().getComponentType(), Kind.REST, null);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType().equals(Optional.class)) {
      return new Slot(name, generic.getActualTypeArguments()[0], Kind.OPTIONAL, text);
    }
    return new Slot(name, type, Kind.PLAIN, text);
  }

  /** The slots that arguments can be given for. */
  List<Slot> parameters() {
    return slots.stream().filter(slot -> slot.kind() != Kind.CONTEXT).toList();
  }

  /** As a call of it would be written down. */
  String signature() {
    return parameters().stream()
        .map(Slot::words)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  /** Finds an action by the name that a task uses; {@code run} stands in for {@code main}. */
  static ActionMethod find(List<ActionMethod> actions, String wanted) throws Refused {
    var found = named(actions, wanted);
    if (found.isEmpty() && wanted.equals("main")) {
      found = named(actions, "run");
    }
    if (found.isPresent()) {
      return found.get();
    }
    var known =
        actions.isEmpty()
            ? "it has none (an action is a public method with @Action)"
            : actions.stream()
                .map(ActionMethod::name)
                .sorted()
                .collect(Collectors.joining(", ", "it has: ", ""));
    throw new Refused(
        "action_missing",
        String.format(
            Locale.ROOT,
            "The plugin has no action %s; %s",
            wanted.equals("main") ? "main (nor run)" : wanted,
            known));
  }

  private static Optional<ActionMethod> named(List<ActionMethod> actions, String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }
}
