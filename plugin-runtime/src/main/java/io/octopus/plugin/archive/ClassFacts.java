package io.octopus.plugin.archive;

import io.octopus.plugin.api.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What one class file says with the plugin API's annotations. */
final class ClassFacts extends ClassVisitor {

  private static final String API = "Lio/octopus/plugin/api/";

  private String name = "";
  private String superName = "";
  private int access;
  private boolean hasConstructor;
  private final Map<String, String> about = new HashMap<>();
  private final List<MethodFacts> methods = new ArrayList<>();
  private final List<String> hiddenActions = new ArrayList<>();

  ClassFacts() {
    super(Opcodes.ASM9);
  }

  /** A method that is an action. */
  record MethodFacts(String action, String description, List<ParameterFacts> parameters) {}

  /**
   * A parameter of one.
   *
   * @param isRest the {@code ...} at the end
   */
  record ParameterFacts(String name, Type type, boolean isRest, @Nullable String defaultText) {}

  String superName() {
    return superName.replace('/', '.');
  }

  Map<String, String> about() {
    return about;
  }

  List<MethodFacts> actions() {
    return methods;
  }

  /** Refuses a class that could not be made an object of, or hides its actions. */
  void mustBeUsable() throws JarReader.Broken {
    var className = name.replace('/', '.');
    if ((access & Opcodes.ACC_PUBLIC) == 0 || (access & Opcodes.ACC_ABSTRACT) != 0) {
      throw new JarReader.Broken("class " + className + " must be public and not abstract");
    }
    if (!hasConstructor) {
      throw new JarReader.Broken(
          "class " + className + " must have a public constructor without parameters");
    }
    if (!hiddenActions.isEmpty()) {
      throw new JarReader.Broken(
          className + "." + hiddenActions.get(0) + " has @Action, so it must be public");
    }
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    this.name = name;
    this.access = access;
    this.superName = superName == null ? "" : superName;
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return descriptor.equals(API + "About;") ? new Texts(about) : null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean isPublic = (access & Opcodes.ACC_PUBLIC) != 0;
    hasConstructor |= isPublic && name.equals("<init>") && descriptor.equals("()V");
    return (access & Opcodes.ACC_SYNTHETIC) != 0
        ? null
        : new MethodReader(name, Type.getArgumentTypes(descriptor), access);
  }

  /** Collects a method's annotations, and keeps it if it is an action. */
  private final class MethodReader extends MethodVisitor {
    private final String methodName;
    private final Type[] types;
    private final int methodAccess;
    private final List<String> sourceNames = new ArrayList<>();
    private final Map<Integer, Map<String, String>> said = new HashMap<>();
    private @Nullable Map<String, String> action;

    MethodReader(String methodName, Type[] types, int methodAccess) {
      super(Opcodes.ASM9);
      this.methodName = methodName;
      this.types = types;
      this.methodAccess = methodAccess;
    }

    @Override
    public void visitParameter(@Nullable String parameter, int flags) {
      sourceNames.add(parameter == null ? "" : parameter);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (!descriptor.equals(API + "Action;")) {
        return null;
      }
      var texts = new HashMap<String, String>();
      action = texts;
      return new Texts(texts);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int index, String descriptor, boolean visible) {
      return descriptor.equals(API + "Parameter;")
          ? new Texts(said.computeIfAbsent(index, first -> new HashMap<>()))
          : null;
    }

    @Override
    public void visitEnd() {
      var texts = action;
      if (texts == null) {
        return;
      }
      if ((methodAccess & Opcodes.ACC_PUBLIC) == 0) {
        hiddenActions.add(methodName);
        return;
      }
      var parameters = new ArrayList<ParameterFacts>();
      for (int i = 0; i < types.length; i++) {
        parameters.add(parameter(i));
      }
      methods.add(
          new MethodFacts(
              orElse(texts.get("name"), methodName),
              texts.getOrDefault("description", ""),
              List.copyOf(parameters)));
    }

    private ParameterFacts parameter(int index) {
      var texts = said.getOrDefault(index, Map.of());
      var sourceName = index < sourceNames.size() ? sourceNames.get(index) : "";
      var given = texts.get("defaultValue");
      boolean isRest = index == types.length - 1 && (methodAccess & Opcodes.ACC_VARARGS) != 0;
      return new ParameterFacts(
          orElse(texts.get("name"), orElse(sourceName, "arg" + index)),
          types[index],
          isRest,
          given == null || given.equals(Parameter.REQUIRED) ? null : given);
    }

    private static String orElse(@Nullable String text, String otherwise) {
      return text == null || text.isEmpty() ? otherwise : text;
    }
  }

  /** Keeps an annotation's texts by their names. */
  private static final class Texts extends AnnotationVisitor {
    private final Map<String, String> texts;

    Texts(Map<String, String> texts) {
      super(Opcodes.ASM9);
      this.texts = texts;
    }

    @Override
    public void visit(String element, Object value) {
      texts.put(element, String.valueOf(value));
    }
  }
}
