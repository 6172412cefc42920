// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.io.InputStream;
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
    try {
      return define(kernel);
    } catch (Throwable e) {
      // The code was compiled, so it is there and can be run.
      throw new AssertionError(e);
    }
  }

  /** The same, or what there is where no copy is to be had: for copies that are only faster. */
  public static Object orElse(Class<?> kernel, Object present) {
    try {
      return define(kernel);
    } catch (Throwable ignored) {
      return present;
    }
  }

  private static Object define(Class<?> kernel) throws Throwable {
    try (InputStream code = kernel.getResourceAsStream(fileOf(kernel))) {
      return make(lookup(kernel).defineHiddenClass(code.readAllBytes(), true));
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
