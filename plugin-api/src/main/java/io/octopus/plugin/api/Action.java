package io.octopus.plugin.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method of a {@link Plugin} something that a task can run.
 *
 * <p>A task's {@code args} are passed by position, its {@code kwargs} by name, each converted from
 * JSON to the parameter's type. A parameter of type {@link ActionContext} is given the execution's
 * context; it takes no argument.
 *
 * <p>What the method returns is the result: {@code null}, text, numbers, booleans, maps, lists,
 * arrays and records become JSON; anything else becomes its {@code toString()}, with a warning in
 * the log. A map (or record) with a {@code status} says itself whether the work was done: {@code
 * success}, {@code ok} or {@code completed}, or {@code failed} or {@code error} with a {@code
 * message}. An exception fails the execution.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {

  /** The action's name; otherwise the method's. {@code main} is run when a task names none. */
  String name() default "";

  /** What the action does. */
  String description() default "";
}
