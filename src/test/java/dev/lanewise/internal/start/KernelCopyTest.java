// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

class KernelCopyTest {
  interface Kernel {
    int twice(int number);
  }

  static final class Doubling implements Kernel {
    @Override
    public int twice(int number) {
      return 2 * number;
    }
  }

  @Test
  void isAnotherClassThatDoesTheSame() {
    Kernel copy = KernelCopy.of(MethodHandles.lookup(), Doubling.class, Kernel.class);
    Kernel another = KernelCopy.of(MethodHandles.lookup(), Doubling.class, Kernel.class);
    assertEquals(14, copy.twice(7));
    assertNotSame(Doubling.class, copy.getClass());
    assertNotSame(copy.getClass(), another.getClass());
  }
}
