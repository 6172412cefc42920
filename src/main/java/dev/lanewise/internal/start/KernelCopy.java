// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/** Second classes of the same code, which the JVM compiles anew. */
public final class KernelCopy {
  private KernelCopy() {}

  /**
   * An instance of a hidden class with the code of a kernel's.
   *
   * @param lookup of the kernel's package
   * @param kernel an instance of a class, not itself a copy, with a constructor without parameters
   * @param type what the copy is needed as
   */
  public static <T> T of(MethodHandles.Lookup lookup, Class<? extends T> kernel, Class<T> type) {
    try (InputStream code = kernel.getResourceAsStream(fileOf(kernel))) {
      Class<?> copy = lookup.defineHiddenClass(code.readAllBytes(), true).lookupClass();
      return type.cast(copy.getDeclaredConstructor().newInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String fileOf(Class<?> kernel) {
    return kernel.getName().substring(kernel.getPackageName().length() + 1) + ".class";
  }
}
