package io.octopus.plugin.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a parameter of an {@link Action} and says what it is when a task does not.
 *
 * <p>Without it the parameter's name is the one in the source, if the class was compiled with
 * {@code -parameters}. A parameter without a default is required, unless its type is {@link
 * java.util.Optional}, or it is the {@code ...} at the end.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Parameter {

  /** The value of {@link #defaultValue} that stands for no default. */
  String REQUIRED = "\0";

  /** The name that {@code kwargs} use. */
  String name() default "";

  /** The default: the text itself for a {@code String}, JSON for other types. */
  String defaultValue() default REQUIRED;
}
