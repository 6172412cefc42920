// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.io.InputStream;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Kernels by their classes, and second classes of the same code, which the JVM compiles anew. */
public final class KernelCopy {
  private KernelCopy() {}

  /**
   * An instance of a kernel's own class.
   *
   * @param kernel a class of this module, with a constructor without parameters; neither need be
   *     public
   */
  public static <K> K original(Class<K> kernel) {
    try {
      return kernel.cast(make(lookup(kernel)));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /**
   * An instance of a hidden class with the code of a kernel's.
   *
   * @param kernel a class of this module, not itself a copy, with a constructor without parameters;
   *     neither need be public
   */
  public static Object of(Class<?> kernel) {
    return of(kernel, null);
  }

  /**
   * The same, of a class that is told numbers when it is made, which C2 takes for constants.
   *
   * @param constants what {@link #constants} is to tell it; null for nothing
   */
  public static Object of(Class<?> kernel, Object constants) {
    try {
      return define(kernel, constants);
    } catch (Throwable e) {
      // The code was compiled, so it is there and can be run.
      throw new AssertionError(e);
    }
  }

  /** The same, or what there is where no copy is to be had: for copies that are only faster. */
  public static Object orElse(Class<?> kernel, Object present) {
    try {
      return define(kernel, null);
    } catch (Throwable ignored) {
      return present;
    }
  }

  /**
   * What a kernel's class was made with; null if nothing.
   *
   * @param kernel the class's own lookup
   */
  public static <T> T constants(MethodHandles.Lookup kernel, Class<T> type) {
    try {
      return MethodHandles.classData(kernel, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Object define(Class<?> kernel, Object constants) throws Throwable {
    try (InputStream code = kernel.getResourceAsStream(fileOf(kernel))) {
      byte[] bytes = code.readAllBytes();
      MethodHandles.Lookup lookup = lookup(kernel);
      return make(
          constants == null
              ? lookup.defineHiddenClass(bytes, true)
              : lookup.defineHiddenClassWithClassData(bytes, constants, true));
    }
  }

  private static MethodHandles.Lookup lookup(Class<?> kernel) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(kernel, MethodHandles.lookup());
  }

  private static Object make(MethodHandles.Lookup kernel) throws Throwable {
    return kernel.findConstructor(kernel.lookupClass(), MethodType.methodType(void.class)).invoke();
  }

  private static String fileOf(Class<?> kernel) {
    return kernel.getName().substring(kernel.getPackageName().length() + 1) + ".class";
  }
}
