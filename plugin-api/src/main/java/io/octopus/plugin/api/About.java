package io.octopus.plugin.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is shown of a plugin. It is read from the class file; the plugin is not run for it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface About {

  /** A title; otherwise the jar's name. */
  String name() default "";

  /** A version for people; otherwise the first digits of the jar's hash. */
  String version() default "";

  /** What the plugin is for. */
  String description() default "";
}
