// SPDX-License-Identifier: Apache-2.0
/**
 * Other libraries as contenders, compiled only under the Maven profile {@code peers}. Each class
 * uses one library, so that a process loads no other's native code.
 */
package dev.lanewise.jmh.peers;
