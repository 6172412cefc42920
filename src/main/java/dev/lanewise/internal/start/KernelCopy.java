// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Second classes of the same code, which the JVM compiles anew. */
public final class KernelCopy {
  private KernelCopy() {}

  /**
   * An instance of a hidden class with the code of a kernel's.
   *
   * @param lookup of the kernel's package, whose classes and constructors need not be public
   * @param kernel a class, not itself a copy, with a constructor without parameters
   * @param type what the copy is needed as
   */
  public static <T> T of(MethodHandles.Lookup lookup, Class<? extends T> kernel, Class<T> type) {
    try (InputStream code = kernel.getResourceAsStream(fileOf(kernel))) {
      MethodHandles.Lookup copy = lookup.defineHiddenClass(code.readAllBytes(), true);
      MethodHandle constructor =
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class));
      return type.cast(constructor.invoke());
    } catch (Throwable e) {
      // The code was compiled, so it is there and can be run.
      throw new AssertionError(e);
    }
  }

  private static String fileOf(Class<?> kernel) {
    return kernel.getName().substring(kernel.getPackageName().length() + 1) + ".class";
  }
}
